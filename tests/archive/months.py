"""Months of `raw` with rows of every kind, and what they hold, counted without the archive's own code."""

from datetime import UTC, date, datetime

from psycopg2.extensions import connection as Connection

from core.database import transaction

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
TABLES = ("requests", "ads", "sightings")

_FILL = """
insert into raw.requests (
    batch_id, source, account, search_id, page, query, outcome, status, ads, reported_count, ms,
    error, requested_at
)
select
    %(batch)s, 'adzuna', 'abc', 1, number, jsonb_build_object('what', 'développeur'), 'landed',
    200, 50, case when number %% 2 = 0 then 5000000000 end, 12,
    case when number %% 3 = 0 then E'a "quote",\\r\\nand\\tmore\\\\' else '' end,
    %(month)s + number * interval '1 minute 0.000007 seconds'
from generate_series(1, %(rows)s) as number;

insert into raw.ads (
    job_id, source, country, ad_id, payload, content_hash, batch_id, fetched_at
)
select
    gen_random_uuid(), 'adzuna', 'fr',
    case when number %% 2 = 0 then number::text when number %% 3 = 0 then '' end,
    jsonb_build_object(
        'title', E'Développeur\\u00a0(H/F) – l''équipe « ' || number || ' »',
        'description', E'1\\n\\r\\n"2", \\\\. \\u2028' || repeat('œ', 300),
        'salary_min', 1.50, 'salary_max', 1e30, 'company', null, 'area', array['Île-de-France']
    ),
    md5(number::text), %(batch)s, %(month)s + number * interval '1 minute 0.5 seconds'
from generate_series(1, %(rows)s) as number;

insert into raw.sightings (
    batch_id, request_id, position, search_id, job_id, outcome, seen_at
)
select
    batch_id, row_number() over (order by ad_key desc), 1, 1, job_id, 'inserted', fetched_at
from raw.ads where batch_id = %(batch)s
"""


def fill(connection: Connection, month: date, *, batch: int, rows: int = 50) -> None:
    """A published batch of a month, with so many rows in every table."""
    with transaction(connection) as cursor:
        moment = datetime(month.year, month.month, 1, tzinfo=UTC)
        cursor.execute("call raw.make_month(%s)", (moment,))
        cursor.execute(_FILL, {"batch": batch, "month": moment, "rows": rows})
        cursor.execute(
            "insert into ops.batches (batch_id, batch_date, status) values (%s, %s, 'published')",
            (batch, month),
        )


def contents(connection: Connection) -> dict[str, tuple[int, str]]:
    """By table: how many rows, and a hash of them."""
    found = {}
    with transaction(connection) as cursor:
        for table in TABLES:
            cursor.execute(
                "select count(*), md5(string_agg(whole::text, chr(10) order by whole::text))"
                f" from raw.{table} as whole"
            )
            found[table] = cursor.fetchone()
    return found


def partitions(connection: Connection) -> list[str]:
    with transaction(connection) as cursor:
        cursor.execute("select inhrelid::regclass::text from pg_inherits order by 1")
        return [name for (name,) in cursor.fetchall() if name.startswith("raw.") and "_20" in name]
