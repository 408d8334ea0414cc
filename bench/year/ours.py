"""jobdash's own collector, night by night, without the stages that come after collecting."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from core.batches import batch_to_collect, finish_run, start_run
from core.database import connect
from core.errors import SourceDown
from ingest.adzuna.source import FREE_KEY, Adzuna
from ingest.budget.ledger import Ledger
from ingest.clock import Clock
from ingest.collect import collect, counts_of
from ingest.reading import Teller
from ingest.search import Search


class OurCollector:
    """Collects into the database of `dsn`, one batch a night. `notes` holds what it told."""

    def __init__(self, base_url: str, searches: Sequence[Search], clock: Clock, dsn: str):
        self._connection, self._of_ledger = connect(dsn), connect(dsn)
        self._searches = searches
        self._clock = clock
        self._source = Adzuna(base_url, "simulator", "simulator", limits=FREE_KEY, clock=clock)
        self._ledger = Ledger(
            self._of_ledger,
            clock,
            source=self._source.name,
            account=self._source.account,
            limits=FREE_KEY,
        )
        self.notes: list[str] = []
        self.failed_nights = 0

    def collect_night(self) -> None:
        batch = batch_to_collect(self._connection, self._today())
        run = start_run(self._connection, batch, "collect")
        error = None
        try:
            collect(
                self._connection,
                self._ledger,
                self._clock,
                self._source,
                batch,
                self._searches,
                Teller(page=lambda *_: None, note=self.notes.append),
            )
        except SourceDown as fault:
            error = str(fault)
            self.notes.append(error)
            self.failed_nights += 1
        counts = asdict(counts_of(self._connection, batch))
        finish_run(self._connection, run, counts, error)

    def _today(self) -> date:
        return self._clock.now().date()

    def close(self) -> None:
        self._connection.close()
        self._of_ledger.close()
