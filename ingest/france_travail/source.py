"""France Travail, by the interface of a source."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ingest.clock import Clock
from ingest.france_travail.client import FranceTravailClient
from ingest.france_travail.identity import SOURCE, identify
from ingest.france_travail.search import FranceTravailSearch
from ingest.france_travail.walk import MOST_ADS, PAGE_SIZE, news, sweep
from ingest.source import Cursor, Identity, Limit, Question, Questions, Response

# What the API's own headers say: `x-ratelimit-replenish-rate-clientidlimiter: 10`.
LIMITS = (Limit(10, timedelta(seconds=1)),)
# News of a search that has none yet: what came since yesterday. A sweep brings the rest.
FIRST_NEWS = timedelta(days=1)


class FranceTravail:
    """`most_ads` is how many ads of one query the API shows."""

    name = SOURCE
    attribution = "Source : France Travail"
    attribution_url = "https://www.francetravail.fr"
    page_size = PAGE_SIZE

    def __init__(
        self,
        base_url: str,
        token_url: str,
        client_id: str,
        client_secret: str,
        *,
        clock: Clock,
        limits: Sequence[Limit] = LIMITS,
        most_ads: int = MOST_ADS,
    ):
        self._client = FranceTravailClient(base_url, token_url, client_id, client_secret)
        self._clock = clock
        self._most_ads = most_ads
        self.limits = limits
        self.account = account_of(client_id, client_secret)

    def news(
        self, search: FranceTravailSearch, since: datetime | None, cursor: Cursor | None
    ) -> Questions:
        now = self._clock.now()
        return news(search, since or now - FIRST_NEWS, now, cursor, self._most_ads)

    def sweep(self, search: FranceTravailSearch, cursor: Cursor | None) -> Questions:
        return sweep(search, cursor, self._most_ads)

    def fetch(self, search: FranceTravailSearch, question: Question) -> Response:
        return self._client.fetch(search.name, question)

    def identify(self, country: str, payload: Any) -> Identity:
        return identify(country, payload)


def account_of(client_id: str, client_secret: str) -> str:
    """A fingerprint of the keys from which nobody gets them back: the secret is its key."""
    key = hashlib.sha256(client_secret.encode()).digest()
    return hashlib.blake2b(client_id.encode(), key=key, digest_size=8).hexdigest()
