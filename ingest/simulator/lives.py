"""Which ads are alive on a day.

A slot holds one ad after another, each for the slot's own lifetime, so the ad of a slot on a day
follows by division and needs no memory: the same day and seed give the same ads. An ad's id tells
its slot and its first day, so its life follows from the id too.
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
FIRST_ID = 1_000_000_000
SCATTER = 611_953  # shares no divisor with SLOTS: one number a slot

# One slot in six follows an earlier one of its block: 17 % of the real ads repeat title and
# company of another, mostly one posting in many towns.
BLOCK, FOLLOWER_EVERY = 120, 6
LEADERS, LEADER_WEIGHTS = (0, 1, 2, 3), (10, 5, 3, 2)


@dataclass(frozen=True, slots=True)
class Life:
    """One ad's stay in its slot. It is away on the `away` days of its age, 0 being its first day."""

    ad_id: str
    key: str  # seeds what is the ad's own: place, date, mishaps
    posting: str  # seeds what copies share: trade, employer, text, pay; a lone ad's own key
    first_day: date
    lifetime: int  # days
    away: range

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.lifetime - 1)

    def age_on(self, day: date) -> int:
        return (day - self.first_day).days

    def is_there_on(self, day: date) -> bool:
        age = self.age_on(day)
        return 0 <= age < self.lifetime and age not in self.away


@dataclass(frozen=True, slots=True)
class Slot:
    number: int
    leader: int  # the slot whose postings it copies, or its own number
    lifetime: int
    phase: int

    def life_on(self, day: date, seed: int) -> Life:
        """The ad that holds the slot on `day`, be it away or not."""
        turn, age = divmod((day - EPOCH).days + self.phase, self.lifetime)
        key = f"{seed}/{self.number}/{turn}"
        first_day = day - timedelta(days=age)
        return Life(
            ad_id=_id((first_day - EPOCH).days, self.number),
            key=key,
            posting=f"{seed}/{self.leader}/{turn}",
            first_day=first_day,
            lifetime=self.lifetime,
            away=_pause(key, self.lifetime),
        )


def lives_on(day: date, seed: int) -> Iterator[Life]:
    """The ads alive on `day`, slot after slot, without end before `SLOTS`."""
    for number in count():
        life = slot_of(number, seed).life_on(day, seed)
        if life.is_there_on(day):
            yield life


def life_of(ad_id: str, seed: int) -> Life:
    """The life of the ad that carries this id in the world of `seed`."""
    first_day, scattered = divmod(int(ad_id) - FIRST_ID, SLOTS)
    number = scattered * pow(SCATTER, -1, SLOTS) % SLOTS
    return slot_of(number, seed).life_on(EPOCH + timedelta(days=first_day), seed)


def slot_of(number: int, seed: int) -> Slot:
    leader = _leader(seed, number)
    timing = random.Random(f"{seed}/{leader}")
    return Slot(number, leader, timing.randint(*LIFETIMES), timing.randrange(LIFETIMES[1]))


def _leader(seed: int, number: int) -> int:
    if number % FOLLOWER_EVERY != FOLLOWER_EVERY - 1:
        return number
    chosen = random.Random(f"{seed}/{number}/leader").choices(LEADERS, LEADER_WEIGHTS)[0]
    return number - number % BLOCK + chosen


def _pause(key: str, lifetime: int) -> range:
    rng = random.Random(f"{key}/pause")
    if rng.random() >= PAUSED_SHARE or lifetime < SHORTEST_PAUSED_LIFE:
        return range(0)
    start = rng.randint(2, lifetime - LONGEST_PAUSE - 1)
    return range(start, start + rng.randint(1, LONGEST_PAUSE))


def _id(first_day: int, slot: int) -> str:
    """Ten digits that grow with time: a slot starts one ad a day at most, so none comes twice."""
    return str(FIRST_ID + first_day * SLOTS + slot * SCATTER % SLOTS)
