"""A stretch of creation dates, by which a search is cut."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

SECOND = timedelta(seconds=1)
FORMAT = "%Y-%m-%dT%H:%M:%SZ"  # what the API takes: UTC, no fractions
# Before any ad that still stands; the oldest of 1,049 real ads was one year old.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
# The API reads the dates of a query up to two hours late (Paris time, it seems), so that the newest
# ads need an end that lies ahead.
AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From `first` to `last`, both included and in UTC."""

    first: datetime
    last: datetime

    @classmethod
    def until_now(cls, now: datetime, first: datetime = BEGINNING) -> Self:
        return cls(first, now + AHEAD)

    @classmethod
    def from_json(cls, stored: list[str]) -> Self:
        return cls(*map(datetime.fromisoformat, stored))

    def to_json(self) -> list[str]:
        return [self.first.strftime(FORMAT), self.last.strftime(FORMAT)]

    @property
    def query(self) -> dict[str, str]:
        """One date without the other is refused."""
        first, last = self.to_json()
        return {"minCreationDate": first, "maxCreationDate": last}

    def halves(self) -> tuple[Self, Self] | None:
        """The newer half and the older one; None where seconds cannot be cut any further.

        They share the second between them: ads are dated to the millisecond, and none falls between.
        """
        seconds = (self.last - self.first) // SECOND
        if seconds < 2:
            return None
        middle = self.first + seconds // 2 * SECOND
        return Span(middle, self.last), Span(self.first, middle)
