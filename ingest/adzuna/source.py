"""Adzuna, by the interface of a source."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ingest.adzuna.client import AdzunaClient
from ingest.adzuna.identity import identify
from ingest.adzuna.news import news
from ingest.adzuna.pages import PAGE_SIZE
from ingest.adzuna.search import AdzunaSearch
from ingest.adzuna.sweep import sweep
from ingest.clock import Clock
from ingest.source import Cursor, Identity, Limit, Question, Questions, Response

# What the terms of use give a free key.
FREE_KEY = (
    Limit(25, timedelta(minutes=1)),
    Limit(250, timedelta(days=1)),
    Limit(1_000, timedelta(days=7)),
    Limit(2_500, timedelta(days=31)),
)
# News of a search that has none yet: what came since yesterday. A sweep brings the rest.
FIRST_NEWS = timedelta(days=1)


class Adzuna:
    name = "adzuna"
    attribution = "Jobs by Adzuna"
    attribution_url = "https://www.adzuna.fr"
    page_size = PAGE_SIZE

    def __init__(
        self, base_url: str, app_id: str, app_key: str, *, limits: Sequence[Limit], clock: Clock
    ):
        self._client = AdzunaClient(base_url, app_id, app_key)
        self._clock = clock
        self.limits = limits
        self.account = account_of(app_id, app_key)

    def news(
        self, search: AdzunaSearch, since: datetime | None, cursor: Cursor | None
    ) -> Questions:
        now = self._clock.now()
        return news(search, since or now - FIRST_NEWS, now, cursor)

    def sweep(self, search: AdzunaSearch, cursor: Cursor | None) -> Questions:
        return sweep(search, self._clock.now(), cursor)

    def fetch(self, search: AdzunaSearch, question: Question) -> Response:
        return self._client.fetch(search.country, search.name, question)

    def identify(self, country: str, payload: Any) -> Identity:
        return identify(country, payload)


def account_of(app_id: str, app_key: str) -> str:
    """A fingerprint of the keys from which nobody gets them back: 128 secret bits go in."""
    return hashlib.blake2b(app_id.encode(), key=app_key.encode()[:64], digest_size=8).hexdigest()
