"""The clock of a machine, set while PostgreSQL runs. The one that counts seconds stays steady.

By PostgreSQL's clock go ledger, audit and what was fetched when; by that of jobdash only which day it is.
`settings` are for commands that end soon: under libfaketime the waits of dbt fail.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from worlds import World

LIBRARIES = "faketime/libfaketimeMT.so.1"
NOTICED_AFTER_S = 1  # by every process


@dataclass(frozen=True)
class MachineClock:
    """`settings` let a command go by it."""

    told: Path
    settings: Mapping[str, str]

    def is_off_by(self, offset: str) -> None:
        """As libfaketime reads it: `-1d`, `+0`. Returns when everybody goes by it."""
        self.told.write_text(offset + "\n")
        sleep(NOTICED_AFTER_S + 0.5)


def faketime() -> Path | None:
    """The library, where the package of that name is installed."""
    return next(Path("/usr/lib").glob(f"**/{LIBRARIES}"), None)


@contextmanager
def clock_of_the_machine(world: World, library: Path) -> Iterator[MachineClock]:
    """PostgreSQL goes by it as long as the block lasts. Caches and sources keep their own."""
    told = world.house.folder / "clock"
    settings = {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(told),
        "FAKETIME_CACHE_DURATION": str(NOTICED_AFTER_S),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    clock = MachineClock(told, settings)
    clock.is_off_by("+0")
    world.restart_postgres(**settings)
    try:
        yield clock
    finally:
        world.restart_postgres()
