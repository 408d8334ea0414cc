"""What most people would write: every search, all its pages in turn, until the quota is gone."""

from collections.abc import Sequence

from ingest.adzuna.client import AdzunaClient
from ingest.adzuna.pages import MOST_PAGES, PAGE_SIZE
from ingest.adzuna.search import AdzunaSearch
from ingest.clock import Clock
from ingest.source import CallFailed, Question, Response


class QuotaGone(Exception):
    """Refused for longer than a minute."""


class NaiveCollector:
    """Asks for the newest first, which is to its advantage, and waits when a minute is full."""

    def __init__(self, base_url: str, searches: Sequence[AdzunaSearch], clock: Clock):
        self._client = AdzunaClient(base_url, "simulator", "simulator")
        self._searches = searches
        self._clock = clock

    def collect_night(self) -> None:
        try:
            for search in self._searches:
                self._read(search)
        except QuotaGone:
            pass

    def _read(self, search: AdzunaSearch) -> None:
        for page in range(1, MOST_PAGES + 1):
            answer = self._ask(search, Question({**search.query, "sort_by": "date"}, page, {}))
            if len(answer.ads) < PAGE_SIZE:
                return

    def _ask(self, search: AdzunaSearch, question: Question) -> Response:
        while True:
            try:
                return self._client.fetch(search.country, search.name, question)
            except CallFailed as fault:
                if fault.is_refusal and fault.wait is None:
                    raise QuotaGone from None
                self._clock.sleep(fault.wait or 1)
