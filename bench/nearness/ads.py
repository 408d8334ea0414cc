"""Generated ads as a model reads them: the simulator's titles and texts, its employers, drawn skills."""

import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from ingest.simulator.lives import slot_of
from ingest.simulator.script import Script
from ml.corpus import Ad
from ml.facts import Listing

DAY = date(2026, 1, 8)
SEED = 1
CHUNK = 2_000
TOWNS, CONTRACTS = 500, ("permanent", "permanent", "fixed_term", "temporary")
# dbt finds four skills in an ad, of 683, a few of them in every tenth.
SKILLS, MOST_SKILLS, LEANING = 683, 7, 2.5


class _Told(NamedTuple):
    slot: int
    title: str
    text: str
    employer: str | None


def generated_ads(count: int) -> list[Ad]:
    """`count` ads, each of another posting, the same ones on every run."""
    numbers: dict[str, int] = {}
    ads = []
    for slot, title, text, employer in _told(count):
        draw = random.Random(slot)
        skills = {
            int(SKILLS * draw.random() ** LEANING) for _ in range(draw.randint(1, MOST_SKILLS))
        }
        ads.append(
            Ad(
                uuid5(NAMESPACE_URL, str(slot)),
                title,
                text,
                language="fr",
                employer=numbers.setdefault(employer, len(numbers)) if employer else None,
                skills=tuple(f"skill {skill}" for skill in sorted(skills)),
            )
        )
    return ads


def listings_of(ads: Sequence[Ad]) -> list[Listing]:
    """As the marts tell of ads: where, by whom, on which terms. Every fifth town has ten times the ads
    of the others."""
    listings = []
    for ad in ads:
        draw = random.Random(ad.job_id.int)
        town = draw.choice(range(TOWNS)) if draw.random() < 0.3 else draw.choice(range(0, TOWNS, 5))
        listings.append(
            Listing(
                *(ad.job_id, ad.job_id, "fr", f"région {town % 13}", f"{town % 96:02}"),
                *(f"ville {town}", str(ad.employer), draw.choice(CONTRACTS), "full_time", None),
                *(ad.language, "adzuna", draw.uniform(20_000, 60_000)),
                DAY - timedelta(days=draw.randrange(90)),
                *(42.5 + 8 * (town / TOWNS), -1 + 7 * (town * 7 % TOWNS / TOWNS)),
                title=ad.title,
            )
        )
    return listings


def _told(count: int) -> Iterator[_Told]:
    """Some of the simulator's ads cannot be read, on purpose: others come in their place."""
    told = 0
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for first in range(0, 2 * count, 20 * CHUNK):
            begins = range(first, first + 20 * CHUNK, CHUNK)
            for chunk in pool.map(_chunk, begins):
                yield from chunk[: count - told]
                told = min(told + len(chunk), count)
            if told == count:
                return


def _chunk(begin: int) -> list[_Told]:
    scripts = (
        (slot, Script(slot_of(slot, SEED).life_on(DAY, SEED)))
        for slot in range(begin, begin + CHUNK)
    )
    ads = [(slot, script.ad_on(DAY)) for slot, script in scripts]
    return [
        _Told(slot, ad["title"], ad["description"], _employer(ad))
        for slot, ad in ads
        if isinstance(ad, dict)
        and isinstance(ad.get("title"), str)
        and isinstance(ad.get("description"), str)
    ]


def _employer(ad: dict) -> str | None:
    company = ad.get("company")
    return company.get("display_name") if isinstance(company, dict) else None
