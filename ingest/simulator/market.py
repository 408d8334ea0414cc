"""What a simulator shows: ads that stand still, or a world that lives (`living.py`)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from ingest.simulator.entry import Entry
from ingest.simulator.query import Query
from ingest.simulator.search import Found, find

KEPT_QUERIES = 64  # distinct ones whose results stay sorted in memory, 5,000 references each


class Market(Protocol):
    def find(self, query: Query, today: date) -> Found:
        """What `query` finds on the day `today`."""


class StandingMarket:
    """The same ads whatever the day; only `max_days_old` knows it."""

    def __init__(self, ads: Iterable[Any]) -> None:
        entries = [Entry(ad) for ad in ads]

        @lru_cache(maxsize=KEPT_QUERIES)
        def found(query: Query, today: date) -> Found:
            return find(entries, query, today)

        self._found = found

    def find(self, query: Query, today: date) -> Found:
        return self._found(query, today)
