"""The tables that are kept by month, and what their columns are in Parquet."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
from psycopg2.extensions import cursor as Cursor

from core.errors import ArchiveFailed

# in the order of their files, and the key that puts the rows of each in one order everywhere
TABLES: Mapping[str, tuple[str, ...]] = {
    "requests": ("request_id",),
    "ads": ("ad_key",),
    "sightings": ("request_id", "position"),
}

UTC_TIMESTAMP = pa.timestamp("us", tz="UTC")

_ARROW = {
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "integer": pa.int32(),
    "jsonb": pa.string(),
    "text": pa.string(),
    "timestamp with time zone": UTC_TIMESTAMP,
    "uuid": pa.string(),
}


def partition(table: str, month: date) -> str:
    """The name that `raw.make_month` gives."""
    return f"{table}_{month:%Y_%m}"


def file_name(table: str, month: date) -> str:
    """Where a month lies in the store."""
    return f"raw/{table}/{month:%Y-%m}.parquet"


def schema_of(cursor: Cursor, table: str) -> pa.Schema:
    """A table's columns. Raises ArchiveFailed on a type that has no place in Parquet yet."""
    cursor.execute(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped order by attnum",
        (f"raw.{table}",),
    )
    columns = cursor.fetchall()
    for name, type_name in columns:
        if type_name not in _ARROW:
            raise ArchiveFailed(
                f"raw.{table}.{name} is a {type_name}, which no archive can hold yet. "
                "Add the type to ingest/archive/tables.py. Nothing was moved."
            )
    return pa.schema([(name, _ARROW[type_name]) for name, type_name in columns])
