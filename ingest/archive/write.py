"""Moves a month out of the database."""

from collections.abc import Callable
from datetime import date

from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from core.database import transaction
from core.errors import ArchiveFailed
from ingest.archive.file import parquet_writer, seal_of_file
from ingest.archive.months import tables_here, why_kept
from ingest.archive.record import Archived, record
from ingest.archive.store import Store
from ingest.archive.tables import file_name, partition, schema_of
from ingest.archive.text import Seal, Sealing, copy_out


def archive_month(
    connection: Connection, store: Store, month: date, on_rows: Callable[[str, int], None]
) -> list[Archived]:
    """One transaction, in which nobody writes to the month: its files are written, read back and
    compared, then the rows go. Killed before its end it leaves the rows, and files that the next try
    replaces.

    `on_rows` is told of which table how many rows were written, and again how many were read back.
    Raises ArchiveFailed where the month must stay or a file does not hold what the database does.
    """
    with transaction(connection) as cursor:
        tables = tables_here(cursor, month)
        for table in tables:
            cursor.execute(sql.SQL("lock table raw.{} in share mode").format(_name(table, month)))
        if reason := why_kept(cursor, month):
            raise ArchiveFailed(f"{month:%Y-%m} stays in the database: {reason}.")
        moved = [
            _write(cursor, store, table, month, lambda rows, table=table: on_rows(table, rows))
            for table in tables
        ]
        for archived in moved:
            record(cursor, archived)
            cursor.execute(sql.SQL("drop table raw.{}").format(_name(archived.table, month)))
    return moved


def _write(
    cursor: Cursor, store: Store, table: str, month: date, on_rows: Callable[[int], None]
) -> Archived:
    name = file_name(table, month)
    seal = _fill(cursor, store, name, table, month, on_rows)
    file_sha256 = store.sha256(name)
    if seal_of_file(store, name, on_rows) != seal:
        raise ArchiveFailed(
            f"{name} in {store.address} does not hold what raw.{partition(table, month)} does. "
            "Nothing was moved. Check the store's disk, then run the same command again."
        )
    return Archived(table, month, seal, name, file_sha256)


def _fill(
    cursor: Cursor, store: Store, name: str, table: str, month: date, on_rows: Callable[[int], None]
) -> Seal:
    schema = schema_of(cursor, table)
    sealing = Sealing(on_rows)

    def fill(file) -> None:
        with parquet_writer(file, schema) as add_to_file:

            def on_block(block: bytes, row_count: int) -> None:
                sealing.add(block, row_count)
                add_to_file(block)

            copy_out(cursor, table, month, schema, on_block)

    store.write(name, fill)
    return sealing.seal()


def _name(table: str, month: date) -> sql.Identifier:
    return sql.Identifier(partition(table, month))
