"""Which ads are alive on a day.

A slot holds one ad after another, each for the slot's own lifetime, so the ad of a slot on a day
follows by division and needs no memory: the same day and seed give the same ads.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

EPOCH = date(2015, 1, 1)
LIFETIMES = (5, 60)  # days between an ad's first day and its successor's
SLOTS = 1_000_000  # no world is larger, so that an id tells day and slot
PAUSED_SHARE = 0.033  # are away for some days and come back: 3 % of all live long enough for it
LONGEST_PAUSE = 4
SHORTEST_PAUSED_LIFE = 10

# One slot in six follows an earlier one of its block: 17 % of the real ads repeat title and
# company of another, mostly one posting in many towns.
BLOCK, FOLLOWER_EVERY = 120, 6
LEADERS, LEADER_WEIGHTS = (0, 1, 2, 3), (10, 5, 3, 2)


@dataclass(frozen=True)
class Life:
    """One ad's stay in its slot, as it stands on a day."""

    ad_id: str
    key: str  # seeds what is the ad's own: place, date, mishaps
    posting: str  # seeds what copies share: trade, employer, text, pay; a lone ad's own key
    first_day: date
    age: int  # days, 0 on the first


def lives_on(day: date, seed: int) -> Iterator[Life]:
    """The ads alive on `day`, slot after slot, without end before `SLOTS`."""
    number = (day - EPOCH).days
    for slot in count():
        leader = _leader(seed, slot)
        timing = random.Random(f"{seed}/{leader}")
        lifetime, phase = timing.randint(*LIFETIMES), timing.randrange(LIFETIMES[1])
        turn, age = divmod(number + phase, lifetime)
        key = f"{seed}/{slot}/{turn}"
        if not _is_paused(key, lifetime, age):
            yield Life(
                ad_id=_id(number - age, slot),
                key=key,
                posting=f"{seed}/{leader}/{turn}",
                first_day=day - timedelta(days=age),
                age=age,
            )


def _leader(seed: int, slot: int) -> int:
    if slot % FOLLOWER_EVERY != FOLLOWER_EVERY - 1:
        return slot
    chosen = random.Random(f"{seed}/{slot}/leader").choices(LEADERS, LEADER_WEIGHTS)[0]
    return slot - slot % BLOCK + chosen


def _is_paused(key: str, lifetime: int, age: int) -> bool:
    rng = random.Random(f"{key}/pause")
    if rng.random() >= PAUSED_SHARE or lifetime < SHORTEST_PAUSED_LIFE:
        return False
    start = rng.randint(2, lifetime - LONGEST_PAUSE - 1)
    return start <= age < start + rng.randint(1, LONGEST_PAUSE)


def _id(first_day: int, slot: int) -> str:
    """Ten digits that grow with time: a slot starts one ad a day at most, so none comes twice."""
    scattered = slot * 611_953 % SLOTS  # 611,953 shares no divisor with SLOTS: one number a slot
    return str(1_000_000_000 + first_day * SLOTS + scattered)
