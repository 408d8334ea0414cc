"""The simulator of France Travail as a running server."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from threading import Event
from typing import Any

from ingest.simulator.faults import FaultPlan
from ingest.simulator.france_travail.app import OAUTH_PATH, create_app
from ingest.simulator.serving import LocalServer

NO_FAULTS = FaultPlan()
AT_NIGHT = time_of_day(0, 30, tzinfo=UTC)


class FranceTravailServer(LocalServer):
    """Serves `ads` as France Travail would on `today`; LocalServer says how it is started and stopped.

    `token_life` in seconds, `most_ads` of one query, `calls_per_second` without a limit by default.
    """

    def __init__(
        self,
        ads: Iterable[Any],
        today: date,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        client_id: str = "simulator",
        client_secret: str = "simulator",  # noqa: S107 - no secret
        token_life: float = 1_500.0,
        most_ads: int = 3_150,
        calls_per_second: int | None = None,
        faults: FaultPlan = NO_FAULTS,
        seed: int = 0,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        closing = Event()
        app = create_app(
            ads,
            now=_clock_on(today),
            steady=steady,
            client_id=client_id,
            client_secret=client_secret,
            token_life=token_life,
            most_ads=most_ads,
            calls_per_second=calls_per_second,
            faults=faults,
            seed=seed,
            closing=closing,
        )
        super().__init__(app, host, port, closing)
        self.base_url = self.address
        self.token_url = self.address + OAUTH_PATH


def _clock_on(today: date) -> Callable[[], datetime]:
    """The true time, or half an hour into a day in the past, as Adzuna's simulator has it."""

    def now() -> datetime:
        moment = datetime.now(UTC)
        return moment if today >= moment.date() else datetime.combine(today, AT_NIGHT)

    return now
