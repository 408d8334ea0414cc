"""A night's calls, planned before it begins: plain functions of plain values.

The allowance is the steady number of calls a night that no window ever refuses, with a reserve kept for
faults and for calls by hand. News come first, each search by what it brought lately; sweeps get the rest.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.source import Limit

DAY = timedelta(days=1)
# Of every window: tries that fail and calls by hand come on top of the plan.
RESERVE = 0.04
# A night's calls are over by then, so that those of the same night a window ago have left it.
NIGHT = timedelta(hours=2)


@dataclass(frozen=True)
class Standing:
    """Where a search stands before the night.

    `new_ads` are expected of its news tonight, by what it brought lately; None where it never was
    asked. `sweep_calls` are what a sweep, due or begun, still needs; 0 where none is due, None where
    nobody knows. `overdue` in days.
    """

    search: str
    page_size: int
    new_ads: float | None
    sweep_calls: int | None
    overdue: int = 0

    @property
    def news_calls(self) -> int:
        """Pages of new ads, the last of which also holds known ones and so ends the news."""
        return math.floor((self.new_ads or 0) / self.page_size) + 1


@dataclass(frozen=True)
class Share:
    """What a search gets: calls for news and for its sweep. None means as many as it needs."""

    search: str
    news: int | None
    sweep: int | None


def nightly_allowance(
    limits: Sequence[Limit], calls: Sequence[datetime], now: datetime
) -> int | None:
    """Calls for tonight, and for each night to come, that fit into every window of a day or more.

    The rest of a window is spread over its nights: with x calls each night, the window that ends j
    nights from now holds (j + 1) x and the earlier calls that have not left it. `calls` are those of
    the longest window, the oldest first. None without limits.
    """
    allowances = []
    for limit in limits:
        room = limit.calls * (1 - RESERVE)
        for night in range(limit.span // DAY):
            begins = now + night * DAY + NIGHT - limit.span
            still_there = len(calls) - bisect_right(calls, begins)
            allowances.append((room - still_there) / (night + 1))
    return max(0, math.floor(min(allowances))) if allowances else None


def plan_night(allowance: int | None, standings: Sequence[Standing]) -> list[Share]:
    """One share a search, in the order of the standings."""
    if allowance is None:
        return [_unlimited(standing) for standing in standings]
    news = _shares_of_news(allowance, standings)
    left = allowance - sum(news.values())
    sweeps: dict[str, int] = {}
    for standing in _most_urgent(standings):
        wanted = left if standing.sweep_calls is None else standing.sweep_calls
        sweeps[standing.search] = min(left, wanted)
        left -= sweeps[standing.search]
    return [Share(one.search, news[one.search], sweeps.get(one.search, 0)) for one in standings]


def _unlimited(standing: Standing) -> Share:
    """A sweep shows the new ads too."""
    if standing.sweep_calls == 0:
        return Share(standing.search, None, 0)
    return Share(standing.search, 0, None)


def _most_urgent(standings: Sequence[Standing]) -> list[Standing]:
    due = [standing for standing in standings if standing.sweep_calls != 0]
    return sorted(due, key=lambda standing: -standing.overdue)


def _shares_of_news(calls: int, standings: Sequence[Standing]) -> dict[str, int]:
    """What each needs, or where that is too much, the calls that bring most: full pages first."""
    wanted = {standing.search: standing.news_calls for standing in standings}
    if sum(wanted.values()) <= calls:
        return wanted
    pages = sorted(
        (-min(standing.page_size, (standing.new_ads or 0) - page * standing.page_size), place)
        for place, standing in enumerate(standings)
        for page in range(standing.news_calls)
    )
    shares = dict.fromkeys(wanted, 0)
    for _, place in pages[:calls]:
        shares[standings[place].search] += 1
    return shares
