"""`raw.archives`: which months were moved, and what was in them."""

from dataclasses import dataclass
from datetime import date, datetime

from psycopg2.extensions import cursor as Cursor

from ingest.archive.text import Seal


@dataclass(frozen=True)
class Archived:
    """One month of one table. `file` is its name in the store."""

    table: str
    month: date
    seal: Seal
    file: str
    file_sha256: str
    archived_at: datetime | None = None
    restored_at: datetime | None = None


def archives(cursor: Cursor, month: date | None = None) -> list[Archived]:
    """All of them, or those of a month; a month's in the order of their tables' names."""
    cursor.execute(
        "select table_name, month, row_count, rows_sha256, file, file_sha256, archived_at, restored_at"
        " from raw.archives where %(month)s is null or month = %(month)s order by month, table_name",
        {"month": month},
    )
    return [
        Archived(table, first_day, Seal(row_count, rows_sha256), *others)
        for table, first_day, row_count, rows_sha256, *others in cursor.fetchall()
    ]


def record(cursor: Cursor, archived: Archived) -> None:
    """A month that was restored and is archived again has one row, of its latest file."""
    cursor.execute(
        "insert into raw.archives (table_name, month, row_count, rows_sha256, file, file_sha256)"
        " values (%s, %s, %s, %s, %s, %s)"
        " on conflict (table_name, month) do update set row_count = excluded.row_count,"
        " rows_sha256 = excluded.rows_sha256, file = excluded.file,"
        " file_sha256 = excluded.file_sha256, archived_at = now(), restored_at = null",
        (
            archived.table, archived.month, archived.seal.row_count, archived.seal.rows_sha256,
            archived.file, archived.file_sha256,
        ),
    )  # fmt: skip


def record_restored(cursor: Cursor, archived: Archived) -> None:
    cursor.execute(
        "update raw.archives set restored_at = now() where table_name = %s and month = %s",
        (archived.table, archived.month),
    )
