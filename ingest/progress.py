"""How far each search came: its readings in `raw.readings`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json

from core.batches import Batch
from core.database import transaction
from ingest.search import Search
from ingest.source import Cursor as ReadingCursor

Kind = Literal["news", "sweep"]
# What a search brought lately is the mean of so many news.
LATELY = 7


@dataclass(frozen=True)
class Reading:
    """A pass over a search that has not ended; `cursor` is None before its first question."""

    reading_id: int
    search_id: int
    search: Search
    kind: Kind
    cursor: ReadingCursor | None


@dataclass(frozen=True)
class Step:
    """What one call added to a reading; `cursor` is the next question's."""

    landed: int
    inserted: int
    reported_count: int | None
    source_now: datetime
    is_readable: bool
    cursor: ReadingCursor | None


@dataclass(frozen=True)
class History:
    """What is known of a search before a batch.

    `since`: everything that the source created before is known, by its own clock. `brought`: new ads
    per news lately. `size`: its last count. `swept_on`: the date of the batch in which the last sweep
    ended. `open_sweep`: ads landed and counted of a sweep that goes on.
    """

    since: datetime | None
    news_on: date | None
    brought: float | None
    size: int | None
    swept_on: date | None
    open_sweep: tuple[int, int | None] | None
    has_news_of_batch: bool
    has_sweep_of_batch: bool


def remember_source(
    connection: Connection,
    source: str,
    attribution: str,
    attribution_url: str,
    mapping: dict[str, Any] | None = None,
) -> None:
    """What must stand beside a source's ads, and, for files, where a line has what an ad needs."""
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into raw.sources (source, attribution, attribution_url, mapping)"
            " values (%s, %s, %s, %s) on conflict (source) do update set"
            " attribution = excluded.attribution, attribution_url = excluded.attribution_url,"
            " mapping = excluded.mapping where sources is distinct from excluded",
            (source, attribution, attribution_url, Json(mapping) if mapping else None),
        )


def id_of(connection: Connection, search: Search, source: str, country: str) -> int:
    """The number of a search, a new one where it was never asked in this way."""
    values = (source, search.name, country, Json(search.query))
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into raw.searches (source, search, country, query) values (%s, %s, %s, %s)"
            " on conflict do nothing",
            values,
        )
        cursor.execute(
            "select search_id from raw.searches where source = %s and search = %s"
            " and country = %s and query = %s",
            values,
        )
        return cursor.fetchone()[0]


def history_of(connection: Connection, search_id: int, batch: Batch) -> History:
    with transaction(connection) as cursor:
        cursor.execute(
            _HISTORY, {"search_id": search_id, "batch_id": batch.batch_id, "last": LATELY}
        )
        row = cursor.fetchone()
    since, news_on, brought, size, swept_on, landed, counted, is_open, has_news, has_sweep = row
    return History(
        since=since,
        news_on=news_on,
        brought=float(brought) if brought is not None else None,
        size=size,
        swept_on=swept_on,
        open_sweep=(landed, counted) if is_open else None,
        has_news_of_batch=has_news,
        has_sweep_of_batch=has_sweep,
    )


_HISTORY = """
with readings as (
    select readings.*, batches.batch_date as ended_on
    from raw.readings
    left join ops.batches on readings.ended_batch_id = batches.batch_id
    where readings.search_id = %(search_id)s
),
-- a sweep of one night has shown what news would have shown
up_to_date as (
    select * from readings
    where is_complete and (kind = 'news' or began_batch_id = ended_batch_id)
),
lately as (
    select inserted from readings
    where kind = 'news' and ended_batch_id is not null
    order by reading_id desc
    limit %(last)s
),
open_sweep as (
    select landed, reported_count from readings
    where kind = 'sweep' and ended_batch_id is null
)
select
    (select max(source_began_at) from up_to_date),
    (select max(ended_on) from up_to_date),
    (select avg(inserted) from lately),
    (
        select reported_count from readings
        where kind = 'sweep' and reported_count is not null
        order by reading_id desc limit 1
    ),
    (select max(ended_on) from readings where kind = 'sweep'),
    (select landed from open_sweep),
    (select reported_count from open_sweep),
    exists (select from open_sweep),
    exists (select from readings where kind = 'news' and ended_batch_id = %(batch_id)s),
    exists (select from readings where kind = 'sweep' and ended_batch_id = %(batch_id)s)
"""


def begin_or_go_on(
    connection: Connection, batch: Batch, search: Search, search_id: int, kind: Kind
) -> Reading:
    """The reading of this kind that has not ended, or a new one. News are of one night: those of a
    night that was cut off have ended."""
    with transaction(connection) as cursor:
        if kind == "news":
            cursor.execute(
                "update raw.readings set ended_batch_id = began_batch_id, ended_at = now()"
                " where search_id = %s and kind = 'news' and ended_batch_id is null"
                " and began_batch_id < %s",
                (search_id, batch.batch_id),
            )
        cursor.execute(
            "select reading_id, cursor from raw.readings"
            " where search_id = %s and kind = %s and ended_batch_id is null",
            (search_id, kind),
        )
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                "insert into raw.readings (search_id, kind, began_batch_id) values (%s, %s, %s)"
                " returning reading_id, cursor",
                (search_id, kind, batch.batch_id),
            )
            row = cursor.fetchone()
    return Reading(row[0], search_id, search, kind, row[1])


def advance(cursor: Cursor, reading: Reading, step: Step) -> None:
    """Part of the transaction that lands the call. The first count is that of the whole search: later
    ones may be those of its parts."""
    cursor.execute(
        "update raw.readings set calls = calls + 1, landed = landed + %s, inserted = inserted + %s,"
        " skipped = skipped + %s, reported_count = coalesce(reported_count, %s),"
        " source_began_at = coalesce(source_began_at, %s), cursor = %s where reading_id = %s",
        (
            step.landed, step.inserted, int(not step.is_readable), step.reported_count,
            step.source_now, Json(step.cursor) if step.cursor is not None else None,
            reading.reading_id,
        ),
    )  # fmt: skip


def end(cursor: Cursor, reading: Reading, batch: Batch, *, is_complete: bool) -> None:
    """A reading that lost a page or saw nothing at all is not complete: a search that suddenly finds
    nothing must not close every ad that it does not show."""
    cursor.execute(
        "update raw.readings set ended_batch_id = %s, ended_at = now(), cursor = null,"
        " is_complete = %s and skipped = 0 and (kind = 'news' or landed > 0) where reading_id = %s",
        (batch.batch_id, is_complete, reading.reading_id),
    )


def end_unfinished_news(connection: Connection, reading: Reading, batch: Batch) -> None:
    with transaction(connection) as cursor:
        end(cursor, reading, batch, is_complete=False)
