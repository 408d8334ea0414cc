"""One world and those who collect from it, each through a server with a key, a clock and a quota."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from ingest.adzuna.search import AdzunaSearch
from ingest.adzuna.source import FREE_KEY
from ingest.simulator import Answers, FaultPlan, LivingWorld, SimulatorServer
from year.clock import FastClock
from year.naive import NaiveCollector
from year.newcomers import Watch
from year.ours import OurCollector

DAY = timedelta(days=1)
# One in five of each; a `timeout` would be waited for in real time.
FAULTS = ("429", "502", "503", "cut", "html")


class Collector(Protocol):
    def collect_night(self) -> None: ...


@dataclass(frozen=True)
class Rival:
    """A collector, and what the simulator knows of it."""

    name: str
    server: SimulatorServer
    clock: FastClock
    answers: Answers
    collector: Collector


class Year:
    """Nights over one living world. Use it as a context manager, so that its servers stop."""

    def __init__(self, first_night: date, ads: int, seed: int, searches: Sequence[AdzunaSearch]):
        self.first_night = first_night
        self.seed = seed
        self.world = LivingWorld(first_night, ads, seed)
        self.watch = Watch(self.world, searches)
        self.searches = searches
        self.rivals: dict[str, Rival] = {}
        self.seconds: dict[str, float] = {}
        self._stack = ExitStack()

    def add_naive(self, name: str) -> None:
        server, clock, answers = self._serve(FaultPlan())
        naive = NaiveCollector(server.base_url, self.searches, clock)
        self.rivals[name] = Rival(name, server, clock, answers, naive)

    def add_ours(self, name: str, dsn: str, faults: float = 0) -> OurCollector:
        """`faults` is the share of calls that meet one, of all kinds alike."""
        server, clock, answers = self._serve(
            FaultPlan({kind: faults / len(FAULTS) for kind in FAULTS})
        )
        ours = OurCollector(server.base_url, self.searches, clock, dsn)
        self._stack.callback(ours.close)
        self.rivals[name] = Rival(name, server, clock, answers, ours)
        return ours

    def nights(self, number: int) -> Iterator[date]:
        """Runs so many nights; yields each date when everybody has collected."""
        for day in (self.first_night + DAY * night for night in range(number)):
            with self._timed("world"):
                self.world.turn_to(day)
                self.watch.look()
            for rival in self.rivals.values():
                rival.clock.begin_night(day)
                with self._timed(rival.name):
                    rival.collector.collect_night()
            # what lives on is not looked at again by the collector of garbage
            gc.collect(1)
            gc.freeze()
            yield day

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.seconds[what] = self.seconds.get(what, 0) + time.monotonic() - began

    def _serve(self, faults: FaultPlan) -> tuple[SimulatorServer, FastClock, Answers]:
        clock, answers = FastClock(self.first_night), Answers()
        server = SimulatorServer(
            self.world, clock=clock, limits=FREE_KEY, faults=faults, answers=answers, seed=self.seed
        )
        return self._stack.enter_context(server), clock, answers

    def __enter__(self) -> "Year":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
