"""What happens to files: the disk of the model store is full, and files of a model are damaged."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from apis import api
from disks import mount, small_disk
from worlds import LONGEST_S, Night, World, command_of


def store_full(world: World, night: Night) -> str:
    """The model store is a disk with hardly any room; then there is room again."""
    if os.geteuid() != 0:
        return "skipped: only root may mount a small disk"
    world.go_back("vectorize")
    before = world.seen()
    with small_disk(world.house.folder / "full_store", "64k") as store:
        process = world.start(*command_of("vectorize"), MODEL_STORE=str(store))
        _, errors = process.communicate()
        assert process.returncode == 1, f"vectorize ended with {process.returncode}"
        assert "Traceback" not in errors, errors
        assert not list(store.glob("tfidf/tfidf_*")), "half a version lies in the store"
        assert world.seen() == before
        assert world.house.value("select count(*) from ops.model_versions") < len(
            night.end["versions"]
        )
        mount("-o", "remount,size=64m", str(store))
        world.stage("vectorize", MODEL_STORE=str(store))
        world.stage("export", MODEL_STORE=str(store))
        assert world.house.marts() == {mart: night.end[mart] for mart in world.house.marts()}
    return f"{errors.strip().splitlines()[0]} With room again the same command goes on"


def model_cut(world: World, night: Night) -> str:
    """A file of the active model is cut in half, has another byte, or is gone."""
    # each asks for another number of jobs, so that the cache knows no answer
    searches = (f"/api/jobs/search?q=soudeur&top={top}" for top in count(1))
    told = [_damaged(world, night, name, searches) for name in DAMAGES]
    return "; ".join(told)


def _damaged(world: World, night: Night, damage: str, searches: Iterator[str]) -> str:
    world.go_back("collect")
    version, _ = world.house.model()
    with api(world, "before") as before:
        assert before.status(next(searches)) == 200
        DAMAGES[damage](world.store / "tfidf" / version / "weights.joblib")
        error = _told_by_verify(world, version)
        with api(world, "after") as after:
            assert [after.status(path) for path in (next(searches), "/readyz")] == [503, 503]
            assert [after.status(path) for path in NO_MODEL_NEEDED] == [200, 200]
            assert error in after.said()
            assert before.status(next(searches)) == 200, "what is loaded does not go on answering"
            world.finish()
            assert [one.status(next(searches)) for one in (before, after)] == [200, 200]
    world.run("models", "verify", world.house.model()[0])
    found = world.house.marts()
    assert found == {mart: night.end[mart] for mart in found}
    return f"{damage}: {error}"


def _told_by_verify(world: World, version: str) -> str:
    process = world.start("models", "verify", version)
    output, errors = process.communicate(timeout=LONGEST_S)
    assert process.returncode == 1, f"verify ended with {process.returncode}: {output}{errors}"
    return errors.strip().removeprefix(f"{version}: ")


# ---------- damages: in place of the file, which whoever has loaded it keeps


def _cut(file: Path) -> None:
    content = file.read_bytes()
    _replace(file, content[: len(content) // 2])


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    _replace(file, content)


def _replace(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


NO_MODEL_NEEDED = ("/api/market/pay", "/api/batch/status")
DAMAGES = {"cut in half": _cut, "one bit flipped": _flip, "missing": Path.unlink}
