"""Which months `raw` has, and which of them must stay."""

from datetime import date, datetime, timedelta

from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from ingest.archive.tables import TABLES, partition

# The longest stretch that a source's call budget counts; a month may be shorter than that.
BUDGET_LOOKS_BACK = timedelta(days=31)


def months_here(cursor: Cursor) -> list[date]:
    """The first day of every month that has a partition, the oldest first."""
    cursor.execute(
        "select distinct to_date(right(inhrelid::regclass::text, 7), 'YYYY_MM') from pg_inherits"
        " where inhparent = any(%s::regclass[]) order by 1",
        ([f"raw.{table}" for table in TABLES],),
    )
    return [month for (month,) in cursor.fetchall()]


def tables_here(cursor: Cursor, month: date) -> list[str]:
    """The tables that have a partition of this month."""
    cursor.execute(
        "select relname from pg_class where relnamespace = 'raw'::regnamespace and relname = any(%s)",
        ([partition(table, month) for table in TABLES],),
    )
    found = {name for (name,) in cursor.fetchall()}
    return [table for table in TABLES if partition(table, month) in found]


def count_rows(cursor: Cursor, month: date) -> int:
    """Rows of a month in all tables together."""
    total = 0
    for table in tables_here(cursor, month):
        cursor.execute(
            sql.SQL("select count(*) from raw.{}").format(sql.Identifier(partition(table, month)))
        )
        total += cursor.fetchone()[0]
    return total


def utc_now(cursor: Cursor) -> datetime:
    """The database's clock, in UTC and without a zone."""
    cursor.execute("select now() at time zone 'UTC'")
    return cursor.fetchone()[0]


def is_young(month: date, now: datetime) -> bool:
    """Whether a call budget may look at this month, `now` being in UTC: at the current one, the one
    before, and one that ended less than 31 days ago (January, in the first days of March)."""
    end = _next(month)
    return _next(end) > _first_day(now) or end > (now - BUDGET_LOOKS_BACK).date()


def why_kept(cursor: Cursor, month: date) -> str | None:
    """Why a month must stay in the database, or None."""
    if is_young(month, utc_now(cursor)):
        return "the call budget looks back over two months"
    for table in tables_here(cursor, month):
        cursor.execute(
            sql.SQL(
                "select batch_id, status from ops.batches"
                " where batch_id in (select batch_id from raw.{}) and (status = 'open' or batch_id = ("
                "  select max(batch_id) from ops.batches where status = 'published'))"
                " order by batch_id limit 1"
            ).format(sql.Identifier(partition(table, month)))
        )
        if held := cursor.fetchone():
            batch_id, status = held
            if status == "open":
                return f"batch {batch_id} is open and has rows in it"
            return f"batch {batch_id} is the newest, and half of the marts take it in next time"
    return None


def months_before(now: datetime, months: int) -> date:
    """The first day of the month that lies so many before that of `now`."""
    month = _first_day(now)
    for _ in range(months):
        month = _first_day(month - timedelta(days=1))
    return month


def _first_day(day: date) -> date:
    return date(day.year, day.month, 1)


def _next(month: date) -> date:
    return _first_day(month + timedelta(days=31))
