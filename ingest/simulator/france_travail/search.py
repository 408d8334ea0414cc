"""France Travail's search as pure functions: filter and sort."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from ingest.simulator.conditions import terms
from ingest.simulator.france_travail.entry import Entry
from ingest.simulator.france_travail.query import Query

Condition = Callable[[Entry], bool]


def find(entries: Iterable[Entry], query: Query, now: datetime) -> list[Any]:
    """All ads that match `query` at the moment `now`, sorted."""
    asked = list(_conditions(query, now))
    found = [entry for entry in entries if all(meets(entry) for meets in asked)]
    return [entry.ad for entry in _sorted(found, query)]


def _conditions(query: Query, now: datetime) -> Iterator[Condition]:
    if query.min_created is not None:
        # ads are dated to the millisecond, queries to the second
        first, last = query.min_created[:-1], query.max_created[:-1] + ".000Z"
        yield lambda entry: first <= entry.created <= last
    if query.max_age is not None:
        oldest = (now - timedelta(days=query.max_age)).isoformat()
        yield lambda entry: entry.created >= oldest
    for name, wanted in query.codes:
        yield lambda entry, name=name, wanted=wanted: entry.codes[name] in wanted
    if query.is_full_time is not None:
        yield lambda entry: entry.is_full_time is query.is_full_time
    if wanted := terms(query.words):
        yield lambda entry: all(term in entry.text for term in wanted)


def _sorted(found: list[Entry], query: Query) -> list[Entry]:
    """Ties stand in an order that is stable but says nothing."""
    shuffled = sorted(found, key=lambda entry: entry.shuffled)
    if query.sort == "1":
        return sorted(shuffled, key=lambda entry: entry.created, reverse=True)
    asked = terms(query.words)
    return sorted(
        shuffled, key=lambda entry: sum(term in entry.title for term in asked), reverse=True
    )
