"""A year of nights against the simulator: are the limits kept, are the ads found, are their lives told?

    python bench/simulated_year.py                      # 365 nights, 100,000 ads, three collectors
    python bench/simulated_year.py --nights 30 --ads 3000

A world of ads lives day by day: they appear, are edited, go away, come back and end. Three collectors
ask it with a key each (25 calls a minute, 250 a day, 1,000 a week, 2,500 a month) on clocks that nobody
waits for: jobdash's own, the same with faults on a share of its calls, and a naive one that reads every
search page by page until its quota is gone. What is printed comes from the simulator: its own count of
calls, its own log of what it answered, its own diary of every ad.

Ctrl-C ends the year early and prints what it showed by then.

DATABASE_URL names the server on which the databases are made; without it one is started.
"""

import argparse
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from year.databases import database, server
from year.figures import ads_in_raw, compared, found, lives, share_in_time, windows
from year.year import Year

from ingest.searches import load_searches

FIRST_NIGHT = date(2026, 1, 1)
SEARCHES = Path(__file__).with_name("twenty_searches.yml")
TOLD_EVERY = 10  # nights
OURS, FAULTY, NAIVE = "jobdash", "jobdash with faults", "naive"


def main() -> None:
    asked = arguments()
    searches = load_searches(asked.searches)
    began = time.monotonic()
    with ExitStack() as stack:
        server_dsn = stack.enter_context(server())
        year = stack.enter_context(Year(FIRST_NIGHT, asked.ads, asked.seed, searches))
        databases = {}
        for name, faults in ours_of(asked):
            databases[name] = stack.enter_context(database(server_dsn, keep=asked.keep))
            year.add_ours(name, databases[name], faults)
        if asked.collector in ("naive", "all"):
            year.add_naive(NAIVE)
        try:
            for number, night in enumerate(year.nights(asked.nights), start=1):
                if number % TOLD_EVERY == 0 or number in (1, asked.nights):
                    tell_progress(year, number, night, time.monotonic() - began)
        except KeyboardInterrupt:
            print("ended early")
        report(year, databases)


def ours_of(asked: argparse.Namespace) -> list[tuple[str, float]]:
    if asked.collector == "naive":
        return []
    return [(OURS, 0.0), *([(FAULTY, asked.faults)] if asked.faults else [])]


def report(year: Year, databases: dict[str, str]) -> None:
    share = sum(year.watch.matched) / len(year.watch.matched) / max(1, len(year.world.entries()))
    print(f"\n{len(year.searches)} searches match {share:.1%} of the living ads")
    for rival in year.rivals.values():
        print(f"\n{rival.name}")
        for line in (*windows(rival), *found(year, rival)):
            print(line)
        if rival.name in databases:
            print(f"  nights that failed: {rival.collector.failed_nights}")
            print("  lives against the diary:")
            judged = lives(year, rival, databases[rival.name], with_dbt=True)
            for what, verdict in judged.items():
                print(f"    {what}: {verdict}")
    if OURS in year.rivals and NAIVE in year.rivals:
        ours, naive = (share_in_time(year, year.rivals[name]) for name in (OURS, NAIVE))
        print(
            f"\nwithin 24 hours: {ours:.2%} against {naive:.2%}, {ours / naive:.1f} x (goal: 2 x)"
        )
    if FAULTY in databases:
        print("\nads in raw, without and with faults")
        for line in compared(year, ads_in_raw(databases[OURS]), ads_in_raw(databases[FAULTY])):
            print(line)
    print("\nseconds: " + ", ".join(f"{name} {took:.0f}" for name, took in year.seconds.items()))


def tell_progress(year: Year, number: int, night: date, seconds: float) -> None:
    shares = ", ".join(
        f"{name} {rival.server.meter.calls:,} calls {share_in_time(year, rival):.1%} in time"
        for name, rival in year.rivals.items()
    )
    print(f"night {number:>3} {night} ({seconds:,.0f} s): {shares}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nights", type=int, default=365, metavar="N", help="default 365")
    parser.add_argument("--ads", type=int, default=100_000, metavar="N", help="default 100,000")
    parser.add_argument(
        "--faults",
        type=float,
        default=0.1,
        metavar="SHARE",
        help="of calls; 0 for none; default 0.1",
    )
    parser.add_argument("--collector", choices=("ours", "naive", "all"), default="all")
    parser.add_argument("--searches", type=Path, default=SEARCHES, metavar="FILE")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="of the world and its faults"
    )
    parser.add_argument("--keep", action="store_true", help="leave the databases, to look at them")
    return parser.parse_args()


if __name__ == "__main__":
    main()
