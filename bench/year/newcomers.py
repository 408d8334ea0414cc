"""Which ads a collector should have found, and when."""

from collections.abc import Iterable, Sequence
from datetime import date

from ingest.adzuna.search import AdzunaSearch
from ingest.simulator import LivingWorld
from ingest.simulator.query import Query, read_query


class Watch:
    """Every ad that matches any search, by the world itself: the stock of the first night, and those
    that came later with their first day."""

    def __init__(self, world: LivingWorld, searches: Sequence[AdzunaSearch]):
        self._world = world
        self._queries = [_query(search) for search in searches]
        self._first_night = world.day
        self.matched: list[int] = []  # living ads that match, by night
        self.stock: set[str] = set()
        self.newcomers: dict[str, date] = {}

    def look(self) -> None:
        """Once a night."""
        today = self._world.day
        matching = {
            entry.ad_id: entry.life.first_day
            for query in self._queries
            for entry in self._world.matching(query, today)
        }
        self.matched.append(len(matching))
        if today == self._first_night:
            self.stock = set(matching)
            return
        for ad_id, first_day in matching.items():
            if first_day == today:
                self.newcomers[ad_id] = first_day

    def found_in_time(self, first_answers: Iterable[tuple[str, date]]) -> int:
        """How many newcomers were answered in the first night after they were created."""
        return sum(self.newcomers.get(ad_id) == day for ad_id, day in first_answers)


def _query(search: AdzunaSearch) -> Query:
    asked = {name: str(value) for name, value in search.query.items()}
    return read_query(search.country, asked)
