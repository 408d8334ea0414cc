"""Counts the calls of a key as the source does: by its own clock, and against its own limits."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from ingest.source import Limit

MINUTE = timedelta(minutes=1)
SLIDING = {
    "60 seconds": MINUTE,
    "24 hours": timedelta(days=1),
    "7 days": timedelta(days=7),
    "31 days": timedelta(days=31),
}
CALENDAR = {
    "minute": "%Y-%m-%d %H:%M",
    "day": "%Y-%m-%d",
    "week": "%G-%V",
    "month": "%Y-%m",
}


@dataclass(frozen=True)
class Refusal:
    """`wait` in seconds, where a minute's limit is met; longer ones name no time."""

    wait: int | None


class Meter:
    """Takes calls while every sliding window of `limits` has room, and refuses the others.

    A call counts whatever is answered to it; a refused one is counted apart. `highest` is the most
    that any window ever held, of sliding windows and of calendar ones.
    """

    def __init__(self, limits: Sequence[Limit] = ()) -> None:
        self._limits = limits
        self._calls: list[datetime] = []
        self._calendar: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()
        self.highest: Counter[str] = Counter()
        self.refused = 0

    @property
    def calls(self) -> int:
        return len(self._calls)

    def take(self, now: datetime) -> Refusal | None:
        """Counts a call made `now`, or says that it is one too many."""
        with self._lock:
            full = [
                limit.span for limit in self._limits if self._used(limit.span, now) >= limit.calls
            ]
            if full:
                self.refused += 1
                return Refusal(self._seconds_to_wait(now) if max(full) <= MINUTE else None)
            self._calls.append(now)
            self._remember(now)
            return None

    def _used(self, span: timedelta, now: datetime) -> int:
        return len(self._calls) - bisect_right(self._calls, now - span)

    def _seconds_to_wait(self, now: datetime) -> int:
        oldest = self._calls[bisect_right(self._calls, now - MINUTE)]
        return int((oldest + MINUTE - now).total_seconds()) + 1

    def _remember(self, now: datetime) -> None:
        for name, span in SLIDING.items():
            self.highest[name] = max(self.highest[name], self._used(span, now))
        for name, form in CALENDAR.items():
            self._calendar[name, now.strftime(form)] += 1
            self.highest[name] = max(self.highest[name], self._calendar[name, now.strftime(form)])
