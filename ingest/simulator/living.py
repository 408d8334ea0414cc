"""A world that lives: it steps from day to day and never writes what nobody reads.

A year of a hundred thousand ads has 1.8 million lives. Each costs a few draws on its first day; its
text is written when a search or an answer needs it, and again when it was edited.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property, lru_cache
from operator import attrgetter
from threading import Lock
from typing import Any

from ingest.simulator.conditions import lasting_conditions, passing_conditions
from ingest.simulator.entry import Entry
from ingest.simulator.lives import Life, slot_of
from ingest.simulator.market import KEPT_QUERIES
from ingest.simulator.query import Query
from ingest.simulator.script import Script
from ingest.simulator.search import Found, arrange, keep

DAY = timedelta(days=1)


class LivingEntry:
    """An ad of a living world as searches see it, by the world's day; the same to them as `Entry`."""

    country = property(attrgetter("lasting.country"))
    created = property(attrgetter("lasting.created"))
    category = property(attrgetter("lasting.category"))
    contract_type = property(attrgetter("lasting.contract_type"))
    contract_time = property(attrgetter("lasting.contract_time"))
    company = property(attrgetter("lasting.company"))
    area = property(attrgetter("lasting.area"))
    shuffled = property(attrgetter("lasting.shuffled"))
    low = property(attrgetter("_reading.low"))
    high = property(attrgetter("_reading.high"))
    title = property(attrgetter("_reading.title"))
    text = property(attrgetter("_reading.text"))
    ad = property(attrgetter("_reading.ad"))

    def __init__(self, script: Script, today: Callable[[], date]) -> None:
        self.life: Life = script.life
        self._script = script
        self._today = today
        self._written_on: date | None = None
        self._edits = 0
        self._versions: list[Any] = []

    @property
    def ad_id(self) -> str:
        return self.life.ad_id

    @property
    def version(self) -> int:
        """Which of its contents the ad shows today, counted as they were first read; an edit that
        takes another back shows an earlier one again."""
        ad = self._reading.ad
        if ad not in self._versions:
            self._versions.append(ad)
        return self._versions.index(ad)

    @cached_property
    def lasting(self) -> Entry:
        """What no edit changes."""
        return Entry(self._script.sketch())

    @property
    def _reading(self) -> Entry:
        today = self._today()
        if today != self._written_on:
            age = self.life.age_on(today)
            edits = self._script.draft.edits_until(age)
            if self._written_on is None or edits != self._edits:
                self._read = Entry(self._script.ad_on(today))
            self._written_on, self._edits = today, edits
        return self._read


class _Shelf:
    """The ads, by slot, that match what a query asks of a whole life."""

    def __init__(self, lasting: Query, entries: Iterable[LivingEntry]) -> None:
        self._asked = list(lasting_conditions(lasting))
        self._matching: dict[int, LivingEntry] = {}
        for number, entry in enumerate(entries):
            self.put(number, entry)

    def put(self, number: int, entry: LivingEntry) -> None:
        """The slot's new ad in the place of the one before."""
        lasting = entry.lasting
        if all(meets(lasting) for meets in self._asked):
            self._matching[number] = entry
        else:
            self._matching.pop(number, None)

    def entries_on(self, day: date) -> list[LivingEntry]:
        return [entry for entry in self._matching.values() if entry.life.is_there_on(day)]


class LivingWorld:
    """`slots` ads that follow one another, from `day` on; those away for some days do not show.

    On every day it holds the very ads that `ads_on(day, len(world.entries()), seed, ...)` gives. A
    search looks at its own shelf alone: the ads that match what it asks of a whole life.
    """

    def __init__(self, day: date, slots: int, seed: int, *, back_dates: bool = False) -> None:
        self.day = day
        self.seed = seed
        self._back_dates = back_dates
        self._slots = [slot_of(number, seed) for number in range(slots)]
        self._entries = [self._entry(number) for number in range(slots)]
        self._renewals: dict[date, list[int]] = defaultdict(list)
        for number in range(slots):
            self._plan_renewal(number)
        self._shelves: dict[Query, _Shelf] = {}
        self._found = lru_cache(maxsize=KEPT_QUERIES)(self._search)
        self._lock = Lock()

    def find(self, query: Query, today: date) -> Found:
        """What `query` finds on `today`. Raises ValueError for a day that is over."""
        with self._lock:
            self.turn_to(today)
            return self._found(query)

    def matching(self, query: Query, today: date) -> list[LivingEntry]:
        """All that match `query` on `today`, in no order."""
        with self._lock:
            self.turn_to(today)
            return self._matching(query)

    def turn_to(self, day: date) -> None:
        """Lives on until `day`. Raises ValueError for a day that is over."""
        if day < self.day:
            raise ValueError(f"this world is at {self.day} and cannot go back to {day}")
        while self.day < day:
            self.day += DAY
            for number in self._renewals.pop(self.day, ()):
                self._entries[number] = self._entry(number)
                self._plan_renewal(number)
                for shelf in self._shelves.values():
                    shelf.put(number, self._entries[number])
            self._found.cache_clear()

    def entries(self) -> list[LivingEntry]:
        """All that show today."""
        return [entry for entry in self._entries if entry.life.is_there_on(self.day)]

    def _entry(self, number: int) -> LivingEntry:
        life = self._slots[number].life_on(self.day, self.seed)
        return LivingEntry(Script(life, back_dates=self._back_dates), lambda: self.day)

    def _plan_renewal(self, number: int) -> None:
        self._renewals[self._entries[number].life.last_day + DAY].append(number)

    def _search(self, query: Query) -> Found:
        return arrange(self._matching(query), query)

    def _matching(self, query: Query) -> list[LivingEntry]:
        there = self._shelf_of(query).entries_on(self.day)
        return keep(there, passing_conditions(query, self.day))

    def _shelf_of(self, query: Query) -> _Shelf:
        lasting = query.lasting
        if lasting not in self._shelves:
            self._shelves[lasting] = _Shelf(lasting, self._entries)
        return self._shelves[lasting]
