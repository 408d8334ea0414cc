"""A hundred batches in a row while clients ask the API: does anything grow but by its ads?

    python bench/soak.py                              # 100 batches of 1,000 ads, half an hour
    python bench/soak.py --batches 12 --ads 300       # a try

A world of ads lives day by day: some appear, are edited, vanish, come back. `jobdash run` collects each
day with all five stages, in a process of its own, while clients search and look at jobs. Then it is
measured what is held: memory, connections and open files, tables with their indexes, temporary files,
folders.

A table may grow with its rows: the bytes that a row takes are compared, after a quarter of the batches
and after all. What has no rows may not grow between the two. Exit code 1 where something did, or where
an answer failed.
"""

import argparse
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from soaking.clients import Answered, asking
from soaking.held import Held, look
from soaking.nights import run_night
from soaking.verdicts import tell_figures, tell_tables
from traffic.generated_world import model_store
from traffic.serving import jobdash_served, own_services

from core.database import connect
from core.migrations import migrate
from core.paths import MIGRATIONS

BATCHES, ADS, TOLD_EVERY = 100, 1_000, 10


def main() -> None:
    asked = arguments()
    with TemporaryDirectory(prefix="jobdash-soak-") as scratch, own_services() as (dsn, redis_url):
        folder = Path(scratch)
        settings = {
            "DATABASE_URL": dsn,
            "REDIS_URL": redis_url,
            "MODEL_STORE": str(model_store(folder)),
            "JOBDASH_LOCAL": str(folder),
        }
        with closing(connect(dsn)) as connection:
            migrate(connection, MIGRATIONS)
        days = [date.today() - timedelta(days=back) for back in reversed(range(asked.batches))]
        run_night(days[0], asked.ads, settings, folder)
        with (
            jobdash_served(dsn, redis_url, folder, model_store(folder)) as api,
            asking(api.address) as answered,
        ):
            held: list[Held] = []
            began = time.monotonic()
            for number, day in enumerate(days[1:], start=2):
                most = run_night(day, asked.ads, settings, folder)
                held.append(look(dsn, redis_url, api, folder, most))
                if number % TOLD_EVERY == 0:
                    tell_progress(number, held[-1], answered, time.monotonic() - began)
    sys.exit(report(held, answered))


def tell_progress(number: int, held: Held, answered: Answered, passed: float) -> None:
    raw = held.tables["raw.ads"]
    print(
        f"batch {number} after {passed:,.0f} s: {raw.rows:,} rows of ads,"
        f" API {held.figures['memory of the API, MiB']:,.0f} MiB,"
        f" {answered.statuses.total():,} answers",
        flush=True,
    )


def report(held: list[Held], answered: Answered) -> bool:
    """Whether something is wrong."""
    early, late = held[len(held) // 4], held[-1]
    lines = [*tell_figures(early, late), "", *tell_tables(early, late)]
    print("", *lines, "", sep="\n")
    failed = {told: n for told, n in answered.statuses.items() if told not in (200, "gone")}
    print(f"{answered.statuses.total():,} answers, failed: {failed or 'none'}")
    return bool(failed) or any(line.endswith("GREW") for line in lines)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--batches", type=int, default=BATCHES, help="in a row (100)")
    parser.add_argument("--ads", type=int, default=ADS, help="at a time (1,000)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
