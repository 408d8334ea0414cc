"""Generated ads into `raw`, as a search of Adzuna lands them, without HTTP and without a budget."""

from collections.abc import Iterable, Sequence

from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from core.batches import Batch, finish_run, start_run
from core.database import transaction
from ingest.adzuna.search import AdzunaSearch
from ingest.adzuna.source import Adzuna
from ingest.clock import DatabaseClock
from ingest.landing import Item, Landing, land_items, make_month
from ingest.progress import (
    Kind,
    Reading,
    Step,
    advance,
    begin_or_go_on,
    end,
    id_of,
    remember_source,
)
from stock.ads import COUNTRY

SEARCH = AdzunaSearch(name="generated", country=COUNTRY)


def land(
    connection: Connection, batch: Batch, chunks: Iterable[Sequence[Item]], kind: Kind
) -> Iterable[int]:
    """Lands chunk by chunk as one reading of the batch, and yields how many ads are there by then.

    A `sweep` has shown all that there is, `news` only what is new.
    """
    run = start_run(connection, batch, "collect")
    remember_source(connection, Adzuna.name, Adzuna.attribution, Adzuna.attribution_url)
    search_id = id_of(connection, SEARCH, Adzuna.name, SEARCH.country)
    reading = begin_or_go_on(connection, batch, SEARCH, search_id, kind)
    clock, landed = DatabaseClock(connection), 0
    for page, items in enumerate(chunks, start=1):
        _land_page(connection, clock, batch, reading, page, items)
        landed += len(items)
        yield landed
    with transaction(connection) as cursor:
        end(cursor, reading, batch, is_complete=True)
    finish_run(connection, run, {"collected": landed})


def _land_page(
    connection: Connection,
    clock: DatabaseClock,
    batch: Batch,
    reading: Reading,
    page: int,
    items: Sequence[Item],
) -> None:
    now = clock.now()
    make_month(connection, now)
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into raw.requests (batch_id, source, account, search_id, reading_id, page,"
            " query, outcome, ads, requested_at)"
            " values (%s, %s, '', %s, %s, %s, %s, 'landed', %s, %s) returning request_id",
            (
                batch.batch_id, Adzuna.name, reading.search_id, reading.reading_id, page,
                Json(SEARCH.query), len(items), now,
            ),
        )  # fmt: skip
        landing = Landing(
            batch_id=batch.batch_id,
            source=Adzuna.name,
            country=COUNTRY,
            search_id=reading.search_id,
            request_id=cursor.fetchone()[0],
            seen_at=now,
        )
        was_known = land_items(cursor, landing, items)
        step = Step(len(items), was_known.count(False), None, now, True, {"page": page})
        advance(cursor, reading, step)
