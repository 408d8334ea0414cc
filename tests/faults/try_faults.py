"""Faults of servers, disks, clocks and sources, each done for real to a small warehouse of its own.

After each one, readers see what they saw before, one clear error says what happened, and the same command
goes on to the end of a night that nobody disturbed. Prints a line for each fault. Ends with 1 if
something else happened.
"""

import argparse
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from file_faults import model_cut, store_full
from kill_at_every_statement import undisturbed
from migration_faults import migration_interrupted
from poison_faults import poisoned_ads
from postgres_faults import postgres_full, postgres_restarted
from schedule_faults import clock_back, two_schedulers
from server_faults import redis_full, redis_gone, redis_slow
from source_faults import source_slow
from worlds import Night, World, new_world

FAULTS: Mapping[str, Callable[[World, Night], str]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        redis_gone,
        redis_full,
        redis_slow,
        store_full,
        model_cut,
        postgres_restarted,
        postgres_full,
        migration_interrupted,
        two_schedulers,
        clock_back,
        source_slow,
        poisoned_ads,
    )
}


def try_faults(names: list[str]) -> list[str]:
    """Returns the names of those that were not survived."""
    fallen = []
    with new_world() as world:
        stages, end = undisturbed(world)
        night = Night(end, {name: stage.statements for name, stage in stages.items()})
        for name in names:
            began = time.monotonic()
            try:
                told = FAULTS[name](world, night)
            except Exception as error:
                traceback.print_exc()
                told = f"FAULT  {type(error).__name__}: {error}"
                fallen.append(name)
            print(f"{name:<23}{told} ({time.monotonic() - began:.0f} s)", flush=True)
    return fallen


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="faults to try; else all")
    parser.add_argument("--list", action="store_true", help="show the names, and try nothing")
    asked = parser.parse_args()
    if asked.list:
        for name, fault in FAULTS.items():
            print(f"{name:<23}{' '.join(fault.__doc__.split())}")
        return 0
    if unknown := set(asked.names) - set(FAULTS):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}; --list shows them")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started ends with this
    return 1 if try_faults(asked.names or list(FAULTS)) else 0


if __name__ == "__main__":
    sys.exit(main())
