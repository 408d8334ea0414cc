"""Adzuna's search as pure functions: filter, sort, page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.simulator.conditions import Condition, conditions, terms
from ingest.simulator.entry import Entry
from ingest.simulator.query import Query

MOST_ADS = 5_000  # that one query ever shows


@dataclass(frozen=True)
class Found:
    """What a query finds: how many ads in all, their mean pay, and the entries that it shows."""

    count: int
    mean: float
    entries: list[Entry]


def find(entries: Iterable[Entry], query: Query, today: date) -> Found:
    """All that matches `query` on the day `today`, sorted."""
    return arrange(keep(entries, conditions(query, today)), query)


def keep(entries: Iterable[Entry], asked: Iterable[Condition]) -> list[Entry]:
    """The entries that meet all conditions."""
    asked = list(asked)
    return [entry for entry in entries if all(meets(entry) for meets in asked)]


def arrange(found: list[Entry], query: Query) -> Found:
    pays = [(entry.low + entry.high) / 2 for entry in found if entry.low and entry.high]
    mean = round(sum(pays) / len(pays), 2) if pays else 0.0
    return Found(len(found), mean, _sorted(found, query)[:MOST_ADS])


def page_of(entries: Sequence[Entry], page: int, size: int) -> Sequence[Entry]:
    """Page `page` (from 1) of `size` ads; beyond the last a query may show, that last one again."""
    last = -(-MOST_ADS // size)
    start = (min(page, last) - 1) * size
    return entries[start : start + size]


def _sorted(found: list[Entry], query: Query) -> list[Entry]:
    """Ties, and all that no word tells apart, stand in an order that is stable but says nothing."""
    shuffled = sorted(found, key=lambda entry: entry.shuffled)
    down = query.sort_dir == "down"
    if query.sort_by == "date":
        return sorted(shuffled, key=lambda entry: entry.created, reverse=down)
    if query.sort_by == "salary":
        paid = [entry for entry in shuffled if entry.high is not None]
        paid.sort(key=lambda entry: entry.high or 0, reverse=down)
        return paid + [entry for entry in shuffled if entry.high is None]
    asked = terms(f"{query.what} {query.what_and} {query.what_or} {query.what_phrase}")
    return sorted(
        shuffled, key=lambda entry: sum(term in entry.title for term in asked), reverse=down
    )
