"""What a source of ads is: one small package that keeps this interface.

A source knows how to ask (`news`, `sweep`, `fetch`) and who an ad is (`identify`). It does not know of
budgets, tries, batches or the database: `ingest.reading` asks its questions one by one, and lands what
is answered. `news` and `sweep` are generators: they yield a question, are sent its answer, and return
when there is nothing left to ask. So they are plain functions of what was answered, tested without HTTP.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from ingest.search import Search

Cursor = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One call. `query` and `page` are what is asked, in the source's own words and without keys;
    `cursor` is JSON from which the source's `news` or `sweep` goes on with this very question; `note`
    is for people: how the search was cut."""

    query: Mapping[str, Any]
    page: int
    cursor: Cursor
    note: str | None = None


@dataclass(frozen=True)
class Response:
    """What one call brought. `replaced` holds the body's bytes where a character could not be kept;
    `source_now` is the source's own clock."""

    ads: Sequence[Any]
    reported_count: int | None
    status: int
    source_now: datetime
    replaced: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """What a generator is sent: the response, and by ad whether it was known before this call.

    `ads` is empty and `is_readable` false where every try brought an answer that cannot be read: the
    question was passed over.
    """

    ads: Sequence[Any]
    was_known: list[bool]
    reported_count: int | None
    source_now: datetime
    is_readable: bool = True


@dataclass(frozen=True)
class End:
    """What a generator returns: whether it has shown all that it set out to show, and, where it has
    not, why, in words for people."""

    is_complete: bool
    why_not: str | None = None


Questions = Generator[Question, Answer, End]


@dataclass(frozen=True)
class Identity:
    """`ad_id` is None where the ad names none; `content_hash` leaves volatile fields out."""

    job_id: UUID
    ad_id: str | None
    content_hash: str


@dataclass(frozen=True)
class Limit:
    """At most `calls` in any stretch of `span`."""

    calls: int
    span: timedelta


class CallFailed(Exception):
    """A call that may succeed when it is made again.

    `wait`: seconds that the source asks for. `is_refusal`: the source says that too many calls were
    made. `body`: the bytes of an answer that cannot be read, else None.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        wait: float | None = None,
        is_refusal: bool = False,
        body: bytes | None = None,
    ):
        super().__init__(reason)
        self.status = status
        self.wait = wait
        self.is_refusal = is_refusal
        self.body = body


class Source(Protocol):
    """A source with the keys of one account."""

    name: str  # as it stands in `raw.ads.source`
    attribution: str  # what must stand beside its ads
    attribution_url: str
    account: str  # a fingerprint of the keys: whose calls count together
    limits: Sequence[Limit]
    page_size: int  # the most ads that a call brings

    def news(self, search: Search, since: datetime | None, cursor: Cursor | None) -> Questions:
        """From the newest ad back to `since` (the source's clock; None: one day) and to what is known."""

    def sweep(self, search: Search, cursor: Cursor | None) -> Questions:
        """Every ad that the search has."""

    def fetch(self, search: Search, question: Question) -> Response:
        """One call. Raises CallFailed, KeysRefused, SettingsError (a question the source does not
        accept)."""

    def identify(self, country: str, payload: Any) -> Identity:
        """Who an ad is, whatever it is: two answers of one ad have one identity."""
