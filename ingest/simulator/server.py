"""The simulator of Adzuna as a running server."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from threading import Event
from typing import Any

from ingest.clock import Clock
from ingest.simulator.answers import Answers
from ingest.simulator.app import ROOT, create_app
from ingest.simulator.faults import FaultPlan
from ingest.simulator.living import LivingWorld
from ingest.simulator.market import StandingMarket
from ingest.simulator.meter import Meter
from ingest.simulator.serving import LocalServer
from ingest.source import Limit

NO_FAULTS = FaultPlan()


class StandingClock:
    """The time of a server whose day is `today`: now, or half an hour into any other day."""

    def __init__(self, today: date) -> None:
        self._today = today

    def now(self) -> datetime:
        now = datetime.now(UTC)
        if self._today == now.date():
            return now
        return datetime.combine(self._today, time(0, 30), UTC)


class SimulatorServer(LocalServer):
    """Serves `ads`, or a world that lives, as Adzuna would; LocalServer says how to start and stop it.

    Its time is that of `clock`; without one it is the day `today`, as `StandingClock` tells. A key
    may make as many calls as `limits` allow, by default any number; `meter` has counted them.
    `answers` is filled with the ads of every answer that arrived whole.
    """

    def __init__(
        self,
        ads: Iterable[Any] | LivingWorld,
        today: date | None = None,
        *,
        clock: Clock | None = None,
        limits: Sequence[Limit] = (),
        host: str = "127.0.0.1",
        port: int = 0,
        app_id: str = "simulator",
        app_key: str = "simulator",
        faults: FaultPlan = NO_FAULTS,
        seed: int = 0,
        answers: Answers | None = None,
    ) -> None:
        self.meter = Meter(limits)
        closing = Event()
        app = create_app(
            ads if isinstance(ads, LivingWorld) else StandingMarket(ads),
            clock or StandingClock(today or datetime.now(UTC).date()),
            app_id=app_id,
            app_key=app_key,
            meter=self.meter,
            faults=faults,
            seed=seed,
            answers=answers,
            closing=closing,
        )
        super().__init__(app, host, port, closing)
        self.base_url = self.address + ROOT
