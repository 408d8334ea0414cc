"""A world of job ads in which every day some are new, some change, some go and some come back."""

from datetime import date
from itertools import islice
from typing import Any

from ingest.simulator.lives import SLOTS, lives_on
from ingest.simulator.script import Script

LARGEST = SLOTS * 9 // 10  # leaves room for the ads that are away on the day


def ads_on(day: date, size: int, seed: int, *, back_dates: bool = True) -> list[Any]:
    """The `size` raw ads alive on `day`, a pure function of its arguments.

    They have Adzuna's shape, with a plain `redirect_url` instead of links that change. A few are
    unusable on purpose, some of these not even objects. The last few stand in for ads that are away
    for some days. Of `back_dates` see `Script`. Raises ValueError for an impossible size.
    """
    if not 0 <= size <= LARGEST:
        raise ValueError(f"a world holds 0 to {LARGEST} ads, not {size}")
    lives = islice(lives_on(day, seed), size)
    return [Script(life, back_dates=back_dates).ad_on(day) for life in lives]
