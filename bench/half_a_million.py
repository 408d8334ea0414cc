"""Half a million generated ads: built from nothing, then a night of 250 new ones on top.

    python bench/half_a_million.py                      # 500,000 ads beside 10,000
    python bench/half_a_million.py 50000                # a try
    python bench/half_a_million.py --keep .local/stock  # leaves the database for power_bi.py

The ads are the simulator's, with their oddities, posted over a year; they land as a search of Adzuna
lands them. Then the stages validate and enrich run as every night, on servers as `jobdash up` starts
them. Two generations of the marts take turns: the first night builds the second generation whole, and
the nights after it are the ones that count. The same nights on 10,000 ads say what grows with the
stock. Memory is the most that was held at once: dbt's, which runs in this process, and that of all of
PostgreSQL's processes, shared pages counted once.
"""

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from scratch import migrated_database, own_server
from stock.databases import keep
from stock.nights import Figures, Stock

ADS, FEW = 500_000, 10_000
NEW_ADS = 250
SEEN_AGAIN = 1_000  # of which some were edited: a stock without any change is none
NIGHTS = 2  # that count
FROM_NOTHING_S, NIGHT_S, NIGHT_RATIO = 300, 15, 1.5
STAGES = ("validate", "enrich")
LEFT_OUT_BELOW_S = 0.05


def main() -> None:
    asked = arguments()
    with own_server(asked.keep) as server_dsn:
        print(f"{asked.beside:,} ads, to compare with", flush=True)
        with migrated_database(server_dsn) as dsn:
            few, _, *few_nights = batches(dsn, asked.beside)
        print(f"{asked.ads:,} ads", flush=True)
        with migrated_database(server_dsn) as dsn:
            first, second_generation, *nights = batches(dsn, asked.ads)
            if asked.keep:
                keep(server_dsn, dsn)
    night, few_night = (min(some, key=seconds) for some in (nights, few_nights))
    tell_models(first, few, night, few_night)
    tell_memory(first, night)
    tell_goals(first, second_generation, few, night, few_night)


def batches(dsn: str, ads: int) -> list[Figures]:
    """All ads, the night that builds the second generation of the marts, and the nights after."""
    with TemporaryDirectory(prefix="jobdash-dbt-") as folder:
        stock = Stock(dsn, Path(folder), processes=os.cpu_count() or 1)
        first = stock.batch(ads, is_first=True)
        second_generation = stock.batch(NEW_ADS, seen_again=SEEN_AGAIN)
        return [first, second_generation, *(stock.batch(NEW_ADS) for _ in range(NIGHTS))]


def seconds(figures: Figures) -> float:
    return sum(figures.stages[stage] for stage in STAGES)


def tell_models(first: Figures, few: Figures, night: Figures, few_night: Figures) -> None:
    heads = (
        f"{first.ads:,} ads", f"{few.ads:,} ads", f"{NEW_ADS} on top", f"{NEW_ADS} on {few.ads:,}"
    )  # fmt: skip
    print("\nseconds of each model, and of its tests")
    print(f"{'':<32}" + "".join(f"{head:>19}" for head in heads))
    names = sorted(first.models, key=lambda name: -first.models[name] - first.tests.get(name, 0))
    for name in names:
        figures = [
            (some.models.get(name, 0.0), some.tests.get(name, 0.0))
            for some in (first, few, night, few_night)
        ]
        if max(map(sum, figures)) >= LEFT_OUT_BELOW_S:
            columns = "".join(f"{model:11.2f} {tests:7.2f}" for model, tests in figures)
            print(f"{name:<32}{columns}")


def tell_memory(first: Figures, night: Figures) -> None:
    print("\npeak MiB                         dbt   PostgreSQL")
    for told, figures in ((f"{first.ads:,} ads", first), (f"{NEW_ADS} on top", night)):
        for stage in STAGES:
            peak = figures.peaks[stage]
            postgres = f"{peak.postgres:,.0f}" if peak.postgres else "not seen"
            print(f"{told + ', ' + stage:<30}{peak.dbt:6,.0f}   {postgres:>10}")


def tell_goals(
    first: Figures, second_generation: Figures, few: Figures, night: Figures, few_night: Figures
) -> None:
    ratio = seconds(night) / seconds(few_night)
    print(
        f"\nlanded {first.ads:,} ads in {first.stages['collect']:.0f} s, inventing them included\n"
        f"from nothing: validate {first.stages['validate']:.0f} s, enrich"
        f" {first.stages['enrich']:.0f} s (goal: under {FROM_NOTHING_S} s for {ADS:,})\n"
        f"first night, which builds the second generation of the marts:"
        f" {seconds(second_generation):.1f} s\n"
        f"a night of {NEW_ADS}: {seconds(night):.1f} s (goal: under {NIGHT_S} s),"
        f" {ratio:.2f} times the same night on {few.ads:,} (goal: at most {NIGHT_RATIO})"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ads", nargs="?", type=int, default=ADS, help="how many (500,000)")
    parser.add_argument("--beside", type=int, default=FEW, help="to compare with (10,000)")
    parser.add_argument("--keep", type=Path, help="a folder in which the database stays")
    return parser.parse_args()


if __name__ == "__main__":
    main()
