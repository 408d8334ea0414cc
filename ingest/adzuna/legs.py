"""A part of a search that is read from its oldest ad on, page by page."""

import math
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Leg:
    """The ads created from `since` to `until` that `narrowed` leaves, from page `page` on.

    `position`: when the last ad of the page before was created. `edge_page`: the page on which the last
    edge of a day was crossed. `places`: country and region of the ads met so far, for a cut by place.
    `asked_on`: the day of the first page; pages of another day are other pages.
    """

    since: datetime | None = None
    until: datetime | None = None
    narrowed: dict[str, str] = field(default_factory=dict)
    page: int = 1
    position: datetime | None = None
    edge_page: int = 0
    places: tuple[tuple[str, str], ...] = ()
    asked_on: date | None = None

    def days(self, now: datetime) -> int | None:
        """The `max_days_old` that shows everything since, whether Adzuna counts days from midnight or
        from now."""
        return days_between(self.since, now) if self.since else None

    def as_of(self, today: date) -> Self:
        """The same leg today: on another day it begins anew where it stopped."""
        if self.asked_on == today:
            return self
        if self.position:
            return Leg(self.position, self.until, self.narrowed, places=self.places, asked_on=today)
        return replace(self, page=1, asked_on=today)

    def to_json(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        moments = {
            name: datetime.fromisoformat(stored[name]) if stored[name] else None
            for name in ("since", "until", "position")
        }
        asked_on = date.fromisoformat(stored["asked_on"]) if stored["asked_on"] else None
        places = tuple(map(tuple, stored["places"]))
        return cls(**{**stored, **moments, "asked_on": asked_on, "places": places})


def days_between(moment: datetime, now: datetime) -> int:
    return max(1, math.ceil((now - moment) / DAY))
