"""How good the first ten answers are, to searches and to "more like this ad", as people graded them.

A grade is 0 (of no use), 1 (partly) or 2 (just right), and holds for all ads of a posting. nDCG@10 is
that of Järvelin and Kekäläinen (2002) with gains 2^grade - 1, against the best order of all that was
graded; precision@10 is the share that is of any use. What nobody graded counts as of no use, and is
counted beside.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from statistics import mean

from gold.rankings import Bm25, Jobdash, PlainTfidf, System
from gold.warehouse import Listing

TOP = 10
Grades = Mapping[object, int]  # by posting


@dataclass
class Found:
    """Of one system, over all questions of a kind."""

    ndcg: list[float] = field(default_factory=list)
    useful: list[float] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    def add(self, postings: Sequence[object], grades: Grades) -> None:
        best = _gain(sorted(grades.values(), reverse=True)[:TOP])
        if not best:  # no ad is any good: no order is better than another
            return
        self.ndcg.append(_gain([grades.get(posting, 0) for posting in postings]) / best)
        self.useful.append(sum(grades.get(posting, 0) > 0 for posting in postings) / TOP)
        self.counts["ungraded"] += sum(posting not in grades for posting in postings)
        self.counts["repeated"] += len(postings) - len(set(postings))


def lines(folder: Path, listings: Sequence[Listing]) -> Iterator[str]:
    """What `make quality` prints."""
    of_ad = {(listing.source, listing.ad_id): listing for listing in listings}
    standing = [listing for listing in listings if listing.is_open and listing.is_canonical]
    place_of = {listing.posting: place for place, listing in enumerate(standing)}
    queries = {row["query_id"]: row["query"] for row in _rows(folder / "searches.csv")}
    searches, similar = _grades(folder, of_ad)
    yield (
        f"{'nearness':<37}nDCG@{TOP}  precision@{TOP}  ungraded  posting twice  same employer, no use"
    )
    for make in (PlainTfidf, Bm25, Jobdash):
        system = make([listing.ad for listing in standing])
        found = Found()
        for query_id, grades in searches.items():
            found.add(_postings(system.search(queries[query_id]), standing), grades)
        yield _line("searches", system, found)
        found = Found()
        for posting, grades in similar.items():
            source = standing[place_of[posting]]
            postings = _postings(system.similar(place_of[posting]), standing, leave_out=posting)
            found.add(postings, grades)
            found.counts["employer"] += sum(
                standing[place_of[other]].ad.employer == source.ad.employer is not None
                and not grades.get(other, 0)
                for other in postings
            )
        yield _line("similar ads", system, found)


def _line(kind: str, system: System, found: Found) -> str:
    counts = found.counts
    employer = f"{counts['employer']:22}" if kind == "similar ads" else ""
    return (
        f"    {kind:<14}{system.name:<16}{len(found.ndcg):3}{mean(found.ndcg):7.3f}"
        f"{mean(found.useful):14.3f}{counts['ungraded']:10}{counts['repeated']:15}{employer}"
    )


def _postings(
    places: Iterable[int], listings: Sequence[Listing], leave_out: object = None
) -> list[object]:
    postings = (listings[place].posting for place in places)
    return [posting for posting in postings if posting != leave_out][:TOP]


def _grades(folder: Path, of_ad: Mapping) -> tuple[dict[str, Grades], dict[object, Grades]]:
    searches, similar = defaultdict(dict), defaultdict(dict)
    for row in _rows(folder / "search_grades.csv"):
        posting = of_ad[row["source"], row["ad_id"]].posting
        _keep_best(searches[row["query_id"]], posting, int(row["grade"]))
    for row in _rows(folder / "similar_grades.csv"):
        source = of_ad[row["source"], row["ad_id"]].posting
        other = of_ad[row["other_source"], row["other_ad_id"]].posting
        _keep_best(similar[source], other, int(row["grade"]))
    return searches, similar


def _keep_best(grades: dict[object, int], posting: object, grade: int) -> None:
    grades[posting] = max(grade, grades.get(posting, 0))


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(grades))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
