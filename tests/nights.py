"""Nights of collecting for tests: a clock that nobody waits for, and a source that is asked."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from psycopg2.extensions import connection as Connection

from core.batches import Batch, batch_to_collect, finish_run, start_run
from core.database import connect, transaction
from ingest.adzuna.search import AdzunaSearch
from ingest.adzuna.source import Adzuna
from ingest.budget.ledger import Ledger
from ingest.collect import CollectCounts, collect, counts_of
from ingest.reading import Teller
from ingest.simulator import FaultPlan, SimulatorServer
from ingest.source import Limit, Source

DAY = date(2026, 1, 8)
FRANCE = AdzunaSearch(name="france", country="fr")
NO_FAULTS = FaultPlan()


@dataclass
class FastClock:
    """Sleeping takes no time, but moves the clock."""

    moment: datetime
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)


def at_night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Nights:
    """Collects into one database, night by night."""

    dsn: str
    clock: FastClock
    notes: list[str] = field(default_factory=list)

    def collect(
        self,
        source: Source,
        searches: Sequence[AdzunaSearch] = (FRANCE,),
        batch: Batch | None = None,
    ) -> CollectCounts:
        with closing(connect(self.dsn)) as connection, closing(connect(self.dsn)) as of_ledger:
            batch = batch or batch_to_collect(connection, self.clock.now().date())
            collect(
                connection,
                self.ledger(of_ledger, source),
                self.clock,
                source,
                batch,
                searches,
                Teller(page=lambda *_: None, note=self.notes.append),
                first_wait=0,
            )
            run = start_run(connection, batch, "collect")
            finish_run(connection, run, {})
            return counts_of(connection, batch)

    def ledger(self, connection: Connection, source: Source) -> Ledger:
        return Ledger(
            connection,
            self.clock,
            source=source.name,
            account=source.account,
            limits=source.limits,
        )

    def next_night(self) -> date:
        self.clock.moment = at_night(self.clock.moment.date() + timedelta(days=1))
        with closing(connect(self.dsn)) as connection, transaction(connection) as cursor:
            cursor.execute("update ops.batches set status = 'superseded' where status = 'open'")
        return self.clock.moment.date()

    @contextmanager
    def adzuna(
        self,
        ads: Sequence,
        *,
        limits: Sequence[Limit] = (),
        faults: FaultPlan = NO_FAULTS,
        app_key: str = "simulator",
    ) -> Iterator[Adzuna]:
        """Adzuna as it stands on the clock's day."""
        today = self.clock.now().date()
        with SimulatorServer(ads, today=today, faults=faults) as simulator:
            yield Adzuna(simulator.base_url, "simulator", app_key, limits=limits, clock=self.clock)
