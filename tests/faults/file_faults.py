"""What happens to disks: that of the model store is full."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from worlds import Night, World, command_of


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
        mounted("-o", "remount,size=64m", str(store))
        world.stage("vectorize", MODEL_STORE=str(store))
        world.stage("export", MODEL_STORE=str(store))
        assert world.house.marts() == {mart: night.end[mart] for mart in world.house.marts()}
    return f"{errors.strip().splitlines()[0]} With room again the same command goes on"


@contextmanager
def small_disk(at: Path, size: str):
    at.mkdir()
    mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at))
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


def mounted(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
