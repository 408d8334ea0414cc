"""What happens to PostgreSQL: it is restarted in the middle, and its disk is full."""

import os
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disks import mount, small_disk, unmount, without_room
from statement_proxy import Passage
from worlds import LONGEST_S, Night, World, command_of, told_by

from core.batches import STAGES
from core.errors import SettingsError

GOES_ON = "it goes on"


def postgres_restarted(world: World, night: Night) -> str:
    """PostgreSQL crashes in the middle of each stage and recovers; in the next try it is restarted."""
    with world.waiting_for_disk():
        endings = Counter(
            ending for stage in STAGES for ending in _restarted_in(world, night, stage)
        )
    return ", ".join(f"{count} times {ending}" for ending, count in endings.items())


def _restarted_in(world: World, night: Night, stage: str) -> list[str]:
    world.go_back(stage)
    before, endings = world.seen(), []
    for how, at in (("immediate", 1 / 2), ("fast", 1 / 3)):
        is_up = threading.Event()

        def restart(how: str = how, is_up: threading.Event = is_up) -> None:
            world.restart_postgres(how)
            is_up.set()

        passage = Passage(at=int(night.statements[stage] * at), act=restart)
        process = world.start(*command_of(stage), passage=passage)
        endings.append(_ending(process))
        assert passage.struck.is_set(), f"{stage} has no statement {passage.at}"
        assert is_up.wait(LONGEST_S), "PostgreSQL does not come up again"
        world.wait_until_alone()
        assert world.half_done() == []
        assert world.seen() == before or stage == STAGES[-1], f"{stage}: readers see something else"
    world.finish()
    assert world.end() == night.end
    return endings


def _ending(process: subprocess.Popen) -> str:
    code, error = told_by(process)
    assert code in (0, 1), f"ended with {code}: {error}"
    return f"exit {code}: {error}" if code else GOES_ON


def postgres_full(world: World, night: Night) -> str:
    """PostgreSQL's disk is full in three of the stages; then there is room again. `export` needs none."""
    if os.geteuid() != 0:
        return "skipped: only root may mount a small disk"
    told = []
    with postgres_on_a_small_disk(world) as disk:
        for stage in ("collect", "enrich", "export"):
            world.go_back(stage)
            before = world.seen()
            with without_room(disk):
                ending = _ending(world.start(*command_of(stage)))
                is_up = _is_up(world)
            if not is_up:
                world.restart_postgres()
            assert stage == STAGES[-1] or (ending != GOES_ON and world.seen() == before)
            assert world.half_done() == []
            world.finish()
            assert world.end() == night.end
            told.append(f"{stage}: {ending}{'' if is_up else ' (PostgreSQL went down)'}")
    return "; ".join(told)


@contextmanager
def postgres_on_a_small_disk(world: World) -> Iterator[Path]:
    """A copy of all its data, in place of them; what was before is there again when the block ends."""
    with small_disk(world.house.folder / "full_postgres", "2g") as disk:
        world.stop_postgres("fast")
        subprocess.run(["cp", "--archive", f"{world.postgres}/.", str(disk)], check=True)
        mount("--bind", str(disk), str(world.postgres))
        try:
            world.restart_postgres()
            yield disk
        finally:
            world.stop_postgres("immediate")
            unmount(world.postgres)
            world.restart_postgres()


def _is_up(world: World) -> bool:
    try:
        return world.admin("select true")
    except SettingsError:
        return False
