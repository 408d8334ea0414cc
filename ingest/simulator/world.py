"""A world of job ads in which every day some are new, some change, some go and some come back."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from ingest.simulator.categories import category
from ingest.simulator.lives import SLOTS, Life, lives_on
from ingest.simulator.oddities import spoil_ad
from ingest.simulator.places import draw_place
from ingest.simulator.posting import Posting, write_posting

LARGEST = SLOTS * 9 // 10  # leaves room for the ads that are away on the day
OLD_SHARE, VERY_OLD_SHARE = 0.06, 0.015  # dated back up to one year, up to four years


def ads_on(day: date, size: int, seed: int) -> list[Any]:
    """The `size` raw ads alive on `day`, a pure function of its arguments.

    They have Adzuna's shape, with a plain `redirect_url` instead of links that change. A few are
    unusable on purpose, some of these not even objects. The last few stand in for ads that are away
    for some days. Raises ValueError for an impossible size.
    """
    if not 0 <= size <= LARGEST:
        raise ValueError(f"a world holds 0 to {LARGEST} ads, not {size}")
    return [_ad(life) for life in islice(lives_on(day, seed), size)]


def _ad(life: Life) -> Any:
    own = random.Random(life.key)
    town, place = draw_place(own)
    home = town if life.posting == life.key else draw_place(random.Random(life.posting))[0]
    posting = write_posting(life.posting, home, town, life.age)
    return spoil_ad(own, _raw(life, posting, place, _created(own, life.first_day)))


def _raw(life: Life, posting: Posting, place: dict, created: str) -> dict:
    contract = {
        name: value
        for name in ("contract_type", "contract_time")
        if (value := getattr(posting, name))
    }
    return {
        "__CLASS__": "Adzuna::API::Response::Job",
        "id": life.ad_id,
        "title": posting.title,
        "description": posting.description,
        "created": created,
        "redirect_url": f"https://www.adzuna.fr/details/{life.ad_id}",
        "company": {
            "__CLASS__": "Adzuna::API::Response::Company",
            "display_name": posting.company,
        },
        "category": category(posting.category),
        **place,
        **posting.pay,
        **contract,
    }


def _created(rng: random.Random, first_day: date) -> str:
    """A moment before the ad's first day, so that it is past whenever that day's batch runs."""
    moment = datetime.combine(first_day, time(), UTC) - timedelta(seconds=rng.randint(1, 86_400))
    drawn = rng.random()
    if drawn < VERY_OLD_SHARE:
        moment -= timedelta(days=rng.randint(365, 1_400))
    elif drawn < VERY_OLD_SHARE + OLD_SHARE:
        moment -= timedelta(days=rng.randint(30, 365))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
