"""Collects one source for one batch: the night's plan, carried out reading by reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg2.extensions import connection as Connection

from core.batches import Batch
from core.database import transaction
from ingest.asking import Asker
from ingest.budget.ledger import BudgetSpent, Ledger
from ingest.clock import Clock
from ingest.night import Asked, Night, plan
from ingest.progress import Kind, Reading, begin_or_go_on, end_unfinished_news, remember_source
from ingest.reading import Reader, Teller
from ingest.search import Search
from ingest.source import Source


@dataclass(frozen=True)
class CollectCounts:
    """Items by what they were when they arrived (see `raw.sightings`), and calls."""

    collected: int
    inserted: int
    updated: int
    unchanged: int
    repeated: int
    calls: int
    failed_calls: int
    skipped_pages: int


def collect(
    connection: Connection,
    ledger: Ledger,
    clock: Clock,
    source: Source,
    batch: Batch,
    searches: Sequence[Search],
    teller: Teller,
    first_wait: float = 1.0,
) -> None:
    """What a batch has read already it does not read again. Budget that is spent ends the night in
    peace. Raises KeysRefused, SettingsError and SourceDown; what landed stays."""
    remember_source(connection, source.name, source.attribution, source.attribution_url)
    ledger.remember_limits()
    if later := ledger.take_back_from_later():
        teller.note(f"{source.name}: {later:,} calls were written down by a clock that was ahead")
    night = plan(connection, ledger, clock, source, batch, searches)
    reader = Reader(
        connection, source, Asker(connection, ledger, clock, source, first_wait), batch, teller
    )
    work = _Work(night, reader)
    try:
        work.read_news()
        work.read_sweeps()
    except BudgetSpent as spent:
        teller.note(f"{source.name}: {spent}")
    work.end_news()


class _Work:
    """A night's readings. Each gets its share of the calls first, and then what others left."""

    def __init__(self, night: Night, reader: Reader):
        self._night = night
        self._reader = reader
        self._open: dict[tuple[Kind, int], Reading] = {}
        self._ended: set[tuple[Kind, int]] = set()

    def read_news(self) -> None:
        asked = [
            one
            for one in self._night.asked
            if one.share.news != 0
            and not one.history.has_news_of_batch
            and not one.history.has_sweep_of_batch
        ]
        asked.sort(key=lambda one: -(one.standing.new_ads or 0))
        self._read("news", [(one, one.share.news) for one in asked])

    def read_sweeps(self) -> None:
        asked = [one for one in self._night.asked if one.standing.sweep_calls != 0]
        asked.sort(key=lambda one: -one.standing.overdue)
        self._read("sweep", [(one, one.share.sweep) for one in asked])

    def end_news(self) -> None:
        """News that the calls did not reach are not gone on with: tomorrow's are newer."""
        for (kind, _), reading in self._open.items():
            if kind == "news":
                end_unfinished_news(self._reader.connection, reading, self._reader.batch)
                self._reader.teller.note(
                    f"{reading.search.name}: no calls left for the rest of its news; "
                    "tomorrow's reach back to them"
                )

    def _read(self, kind: Kind, asked: Sequence[tuple[Asked, int | None]]) -> None:
        spare = 0
        for one, share in asked:
            calls = self._at_most(None if share is None else share + spare)
            used = self._go_on(kind, one, calls)
            spare = 0 if calls is None else max(0, calls - used)
        for one, _ in asked:
            self._go_on(kind, one, self._at_most(None))

    def _go_on(self, kind: Kind, one: Asked, calls: int | None) -> int:
        """Returns the calls that it took."""
        key = (kind, one.search_id)
        if calls == 0 or key in self._ended:
            return 0
        reader = self._reader
        if key not in self._open:
            self._open[key] = begin_or_go_on(
                reader.connection, reader.batch, one.search, one.search_id, kind
            )
        sent_before = reader.asker.sent
        rest = reader.read(self._open.pop(key), one.history.since, calls)
        if rest:
            self._open[key] = rest
        else:
            self._ended.add(key)
        return reader.asker.sent - sent_before

    def _at_most(self, calls: int | None) -> int | None:
        """No more calls than the night has left; None without limits."""
        if self._night.allowance is None:
            return calls
        left = max(0, self._night.allowance - self._reader.asker.sent)
        return left if calls is None else min(calls, left)


def counts_of(connection: Connection, batch: Batch) -> CollectCounts:
    """What a batch has collected so far, over all sources."""
    with transaction(connection) as cursor:
        cursor.execute(
            "select outcome, count(*) from raw.sightings where batch_id = %s group by outcome",
            (batch.batch_id,),
        )
        items = dict(cursor.fetchall())
        cursor.execute(
            "select count(*), count(*) filter (where outcome = 'failed'),"
            " count(*) filter (where outcome = 'skipped') from raw.requests where batch_id = %s",
            (batch.batch_id,),
        )
        calls, failed_calls, skipped_pages = cursor.fetchone()
    return CollectCounts(
        collected=sum(items.values()),
        inserted=items.get("inserted", 0),
        updated=items.get("updated", 0),
        unchanged=items.get("unchanged", 0),
        repeated=items.get("repeated", 0),
        calls=calls,
        failed_calls=failed_calls,
        skipped_pages=skipped_pages,
    )
