"""Reading a search to its end, also where it has more ads than the API shows.

The API shows the first 3,150 ads of a query. What has more is cut in two by creation date, and each
half again, until all parts fit. A part lies in the past, so it stays right however long the walk takes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from ingest.france_travail.search import FranceTravailSearch
from ingest.france_travail.span import Span
from ingest.source import Answer, Cursor, End, Question, Questions

PAGE_SIZE = 150
MOST_ADS = 3_150  # `range` ends with 3000-3149
NEWEST_FIRST = 1
# Ads appear some time after their creation date; what comes later still is left to the sweep.
MARGIN = timedelta(hours=6)

SKIPPED = "a page could not be read"
TOO_MANY = f"more than {MOST_ADS:,} ads of one second"


@dataclass(frozen=True)
class Walk:
    """What is still to be read: `spans`, the first of which is being read from ad number `start` on.

    `span` None is a search without dates. `count` is what the source said at the last page that the span
    has; `is_again` that the span is read for the second time. `lacks` says what will be missing.
    """

    spans: tuple[Span | None, ...]
    start: int = 0
    count: int | None = None
    is_again: bool = False
    lacks: str | None = None
    note: str | None = None

    @classmethod
    def from_json(cls, stored: Cursor) -> Self:
        spans = tuple(span and Span.from_json(span) for span in stored["spans"])
        return cls(**{**stored, "spans": spans})

    def to_json(self) -> dict[str, Any]:
        return {
            "spans": [span and span.to_json() for span in self.spans],
            "start": self.start,
            "count": self.count,
            "is_again": self.is_again,
            "lacks": self.lacks,
        }

    def question(self, search: FranceTravailSearch) -> Question:
        span = self.spans[0]
        query = {
            **search.query,
            **(span.query if span else {}),
            "sort": NEWEST_FIRST,
            "range": f"{self.start}-{self.start + PAGE_SIZE - 1}",
        }
        return Question(query, self.start // PAGE_SIZE + 1, self.to_json(), self.note)

    def after(self, answer: Answer, most_ads: int) -> Self:
        """Where the walk stands when a page has been read."""
        span, *later = self.spans
        count = self._count(answer)
        if (count or 0) > most_ads:
            halves = (span or Span.until_now(answer.source_now)).halves()
            if halves:
                return self._cut(halves, count)
        if self._has_shrunk(count):
            return replace(self, start=0, count=count, is_again=True, note=None)
        lacks = self.lacks if answer.is_readable else self.lacks or SKIPPED
        start = self.start + PAGE_SIZE
        if count is not None and start >= count:
            return Walk(tuple(later), lacks=lacks)
        if start >= most_ads:
            return Walk(tuple(later), lacks=lacks or TOO_MANY)
        known = self.count if count is None else count
        return replace(self, start=start, count=known, lacks=lacks, note=None)

    def _count(self, answer: Answer) -> int | None:
        """How many ads the span has; behind an empty page there are none."""
        if answer.reported_count is None and answer.is_readable and not answer.ads:
            return self.start
        return answer.reported_count

    def _cut(self, halves: tuple[Span, Span], count: int) -> Self:
        newer, older = halves
        note = (
            f"{count:,} ads are more than France Travail shows of one query: cut at "
            f"{older.last:%Y-%m-%d %H:%M}"
        )
        return Walk((newer, older, *self.spans[1:]), lacks=self.lacks, note=note)

    def _has_shrunk(self, count: int | None) -> bool:
        """Ads that went away let later ones move up to pages that were read already. A part that goes
        on shrinking is not read a third time: that may be no more than the source's way of counting."""
        return None not in (count, self.count) and count < self.count and not self.is_again

    @property
    def end(self) -> End:
        return End(is_complete=self.lacks is None, why_not=self.lacks)


def sweep(
    search: FranceTravailSearch, cursor: Cursor | None, most_ads: int = MOST_ADS
) -> Questions:
    """Every ad of the search. What fits is asked without dates."""
    walk = Walk.from_json(cursor) if cursor else Walk((None,))
    return _questions(search, walk, most_ads, lambda answer: False)


def news(
    search: FranceTravailSearch,
    since: datetime,
    now: datetime,
    cursor: Cursor | None,
    most_ads: int = MOST_ADS,
) -> Questions:
    """Ads created after `since` less a margin, the newest first, down to what is known."""
    span = Span.until_now(now, first=since - MARGIN)
    walk = Walk.from_json(cursor) if cursor else Walk((span,))
    return _questions(search, walk, most_ads, lambda answer: _ends_with_old_news(answer, since))


def _questions(
    search: FranceTravailSearch, walk: Walk, most_ads: int, is_enough: Callable[[Answer], bool]
) -> Questions:
    while walk.spans:
        answer = yield walk.question(search)
        if is_enough(answer):
            break
        walk = walk.after(answer, most_ads)
    return walk.end


def _ends_with_old_news(answer: Answer, since: datetime) -> bool:
    if not answer.ads or not answer.was_known[-1]:
        return False
    created = _created(answer.ads[-1])
    return created is not None and created < since


def _created(ad: Any) -> datetime | None:
    """When an ad was created; None where that cannot be read."""
    text = ad.get("dateCreation") if isinstance(ad, dict) else None
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None
