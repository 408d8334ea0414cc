"""How many answers the API gives in a second, and how long each takes, beside an empty Flask view.

    python bench/http_answers.py                             # 100,000 ads, 8 clients
    python bench/http_answers.py --ads 3000 --seconds 5      # a try
    python bench/http_answers.py --keep .local/served        # makes the ads once, for several runs

The ads are generated; a batch with all its stages lands, builds, learns and publishes them, on servers
as `jobdash up` starts them. `jobdash serve` answers with two workers, and beside it the same server
with as many workers and threads answers from a view that does nothing: no answer of Flask is faster.

Clients keep their connections and ask again as soon as they are answered. What is asked "each once" no
cache knows: words of an ad's title and text, or another job each time. All rows take turns in five
rounds with new connections; the row shows its middle round. One address again and again is asked by wrk
where it is installed (`apt-get install wrk`, `brew install wrk`), since a client in Python takes a
noticeable part of two cores at such rates; the others by processes in Python.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from traffic import questions, wrk
from traffic.clients import Clients
from traffic.figures import Figures
from traffic.generated_world import model_store, publish_generated
from traffic.serving import WORKERS, Served, empty_view_served, jobdash_served, own_services

from pipeline.server import THREADS

ADS, SECONDS, CLIENTS = 100_000, 10, 8
ROUNDS = 5
MOST_A_SECOND = 2_000  # uncached; where there are more, a row ends early
WARMING_UP, WARM_ROUNDS = 200, 4
CACHED_SHARE, UNCACHED_P99_MS = 0.5, 20
EMPTY, CACHED = "empty Flask view", "a cached search"
CACHED_PATH = "/api/jobs/search?q=python"
# Asked again and again too, where this release has them.
OTHERS = {
    "suggestions": "/api/suggest?q=pyt",
    "skills of the market": "/api/market/skills",
}


@dataclass
class Row:
    name: str
    ask: Callable[[int], Figures]  # in which round
    is_uncached: bool = False
    rounds: list[Figures] = field(default_factory=list)

    @property
    def middle(self) -> Figures:
        return sorted(self.rounds, key=lambda figures: figures.a_second)[len(self.rounds) // 2]

    @property
    def faults(self) -> Counter[str]:
        return sum((Counter(figures.faults) for figures in self.rounds), Counter())


def main() -> None:
    asked = arguments()
    with TemporaryDirectory(prefix="jobdash-served-") as scratch:
        folder = asked.keep or Path(scratch)
        with own_services(asked.keep) as (dsn, redis_url):
            publish_generated(dsn, redis_url, folder, asked.ads)
            with (
                jobdash_served(dsn, redis_url, folder, model_store(folder)) as api,
                empty_view_served(folder) as empty,
                Clients(asked.clients) as clients,
            ):
                rows = measured(asked, dsn, api, empty, clients)
    tell(asked, rows)


def measured(
    asked: argparse.Namespace, dsn: str, api: Served, empty: Served, clients: Clients
) -> list[Row]:
    seconds = asked.seconds / ROUNDS

    def again(served: Served, path: str) -> Callable[[int], Figures]:
        if wrk.is_installed():
            return lambda _: wrk.ask_again(served.address + path, asked.clients, seconds)
        return lambda _: clients.ask_again(served.port, path, seconds)

    def once(paths: Sequence[str]) -> Callable[[int], Figures]:
        return lambda number: clients.ask_once(api.port, paths[number::ROUNDS], seconds)

    most = round(MOST_A_SECOND * asked.seconds)
    two, three = (questions.searches(dsn, words, most) for words in (2, 3))
    alike = questions.similar(dsn, most)
    two, three, alike = (warmed_up(clients, api, paths) for paths in (two, three, alike))
    rows = [
        Row(EMPTY, again(empty, "/")),
        Row(CACHED, again(api, CACHED_PATH)),
        Row("searches of two words, each once", once(two), is_uncached=True),
        Row("searches of three words, each once", once(three), is_uncached=True),
        Row("jobs like a job, each once", once(alike), is_uncached=True),
    ]
    for name, path in OTHERS.items():
        status = requests.get(api.address + path, timeout=60).status_code
        if status == 200:
            rows.append(Row(name, again(api, path)))
        else:
            print(f"not measured: {path} answers {status}")
    for number in range(ROUNDS):
        for row in rows:
            row.rounds.append(row.ask(number))
    return rows


def warmed_up(clients: Clients, api: Served, paths: Sequence[str]) -> Sequence[str]:
    """The paths that are left when both workers have the model and its parts at hand."""
    for number in range(WARM_ROUNDS):
        clients.ask_once(api.port, paths[:WARMING_UP][number::WARM_ROUNDS], seconds=60)
    return paths[WARMING_UP:]


def tell(asked: argparse.Namespace, rows: Sequence[Row]) -> None:
    by = "wrk" if wrk.is_installed() else "Python"
    print(
        f"\n{asked.ads:,} ads, {asked.clients} clients, {WORKERS} workers of {THREADS} threads;"
        f" one address again and again is asked by {by}\n"
        f"{'':<38}{'a second':>10}{'p50 ms':>10}{'p99 ms':>10}   other than 200"
    )
    for row in rows:
        figures = row.middle
        faults = ", ".join(f"{count:,} {what}" for what, count in row.faults.items()) or "none"
        print(
            f"{row.name:<38}{figures.a_second:10,.0f}{figures.p50_ms:10.2f}{figures.p99_ms:10.2f}"
            f"   {faults}"
        )
    tell_goals(rows)


def tell_goals(rows: Sequence[Row]) -> None:
    by_name = {row.name: row for row in rows}
    pairs = zip(by_name[CACHED].rounds, by_name[EMPTY].rounds, strict=True)
    ratios = sorted(cached.a_second / empty.a_second for cached, empty in pairs)
    uncached = [row for row in rows if row.is_uncached]
    hits = sum(figures.cached for row in uncached for figures in row.rounds)
    print(
        f"\ncached beside empty: {ratios[ROUNDS // 2]:.2f}, in rounds from {ratios[0]:.2f} to"
        f" {ratios[-1]:.2f} (goal: at least {CACHED_SHARE})\n"
        f"uncached, longest p99: {max(row.middle.p99_ms for row in uncached):.1f} ms"
        f" (goal: under {UNCACHED_P99_MS} ms at {ADS:,} ads and {CLIENTS} clients);"
        f" {hits} of those answers came from the cache"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ads", type=int, default=ADS, help="how many (100,000)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each row (10)")
    parser.add_argument("--clients", type=int, default=CLIENTS, help="at a time (8)")
    parser.add_argument("--keep", type=Path, help="a folder in which the ads stay")
    return parser.parse_args()


if __name__ == "__main__":
    main()
