"""Brings a month back into the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pyarrow as pa
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from core.database import transaction
from core.errors import ArchiveFailed, SettingsError
from ingest.archive.file import blocks_of
from ingest.archive.months import count_rows
from ingest.archive.record import Archived, archives, record_restored
from ingest.archive.store import Store
from ingest.archive.tables import partition, schema_of
from ingest.archive.text import Seal, Sealing, copy_in, copy_out


def restore_month(
    connection: Connection, store: Store, month: date, on_rows: Callable[[str, int], None]
) -> list[Archived]:
    """One transaction: files checked, partitions made, rows copied in, read back and compared.

    `on_rows` is told of which table how many rows came in, and again how many were read back. Raises
    SettingsError where there is nothing to restore, ArchiveFailed where a file is not the one that was
    written or rows are in the way; nothing has changed then.
    """
    with transaction(connection) as cursor:
        moved = to_restore(cursor, store, month)
        cursor.execute(
            "call raw.make_month(%s)", (datetime(month.year, month.month, 1, tzinfo=UTC),)
        )
        for archived in moved:
            _restore(
                cursor, store, archived, lambda rows, table=archived.table: on_rows(table, rows)
            )
            record_restored(cursor, archived)
    return moved


def to_restore(cursor: Cursor, store: Store, month: date) -> list[Archived]:
    """What a month's restoring would bring back, after all checks that change nothing."""
    moved = archives(cursor, month)
    if not moved:
        raise SettingsError(
            f"{month:%Y-%m} was never archived: `jobdash archive --list` shows what was."
        )
    if all(archived.restored_at for archived in moved):
        raise SettingsError(f"{month:%Y-%m} is in the database: it was restored already.")
    if rows := count_rows(cursor, month):
        raise ArchiveFailed(
            f"{rows:,} rows of {month:%Y-%m} are in the database, beside those that were archived. "
            f"Move these rows away first: they are in raw.{partition('ads', month)} and its siblings."
        )
    for archived in moved:
        if store.sha256(archived.file) != archived.file_sha256:
            raise ArchiveFailed(
                f"{archived.file} in {store.address} is not the file that was written. "
                "Bring it back from a backup; nothing was restored."
            )
    return moved


def _restore(
    cursor: Cursor, store: Store, archived: Archived, on_rows: Callable[[int], None]
) -> None:
    table, month = archived.table, archived.month
    columns = schema_of(cursor, table)
    for schema, block, row_count in blocks_of(store, archived.file):
        columns = schema
        copy_in(cursor, table, month, schema, block)
        on_rows(row_count)
    if _seal(cursor, table, month, columns, on_rows) != archived.seal:
        raise ArchiveFailed(
            f"What came back of {archived.file} is not what was archived. Nothing was restored; "
            "please report this with the output of `jobdash archive --list`."
        )


def _seal(
    cursor: Cursor, table: str, month: date, schema: pa.Schema, on_rows: Callable[[int], None]
) -> Seal:
    sealing = Sealing(on_rows)
    copy_out(cursor, table, month, schema, sealing.add)
    return sealing.seal()
