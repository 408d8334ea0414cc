"""`jobdash archive`: old months of `raw` to Parquet, and back."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from psycopg2.extensions import connection as Connection

from core.database import batch_lock, connect, transaction
from core.errors import SettingsError
from core.settings import Settings
from pipeline.addresses import prepare, running
from pipeline.progress import counting, say

if TYPE_CHECKING:
    from ingest.archive.record import Archived
    from ingest.archive.store import Store

# What people look at when an ad puzzles them is rarely older.
MONTHS_KEPT = 3


def archive(
    before: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM",
            help=f"Move the months before this one; else older than {MONTHS_KEPT}.",
        ),
    ] = None,
    restore: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="Bring this month back.")
    ] = None,
    shows: Annotated[bool, typer.Option("--list", help="Show what was archived.")] = False,
    is_dry: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
) -> None:
    """Move old months of raw ads, calls and sightings to Parquet files in MODEL_STORE, or back.

    Rows leave the database when their file was read back and holds the same.
    """
    from ingest.archive.store import open_store  # pyarrow takes a moment

    if sum((before is not None, restore is not None, shows)) > 1:
        raise SettingsError("--before, --restore and --list exclude each other: give one of them.")
    settings = Settings()
    settings.check_model_store()
    with running(settings) as addresses:
        prepare(addresses)
        with closing(connect(addresses.database_url)) as connection:
            if shows:
                _list(connection)
                return
            store = open_store(settings.store_address)
            with batch_lock(addresses.database_url):
                if restore is not None:
                    _restore(connection, store, _month(restore), is_dry)
                else:
                    _archive(connection, store, before and _month(before), is_dry)


def _archive(connection: Connection, store: "Store", before: date | None, is_dry: bool) -> None:
    from ingest.archive.months import count_rows, months_before, months_here, utc_now, why_kept

    with transaction(connection) as cursor:
        limit = before or months_before(utc_now(cursor), MONTHS_KEPT)
        months = [month for month in months_here(cursor) if month < limit]
        reasons = {month: why_kept(cursor, month) for month in months}
        rows = {month: count_rows(cursor, month) for month in months}
    if not months:
        say(f"No month before {limit:%Y-%m} is in the database: nothing to archive.")
    for month in months:
        if reasons[month]:
            say(f"{month:%Y-%m} stays: {reasons[month]}")
        elif is_dry:
            say(f"{month:%Y-%m} would be moved to {store.address}: {rows[month]:,} rows")
        else:
            _move(connection, store, month, rows[month])


def _move(connection: Connection, store: "Store", month: date, rows: int) -> None:
    from ingest.archive.write import archive_month

    total = 2 * rows  # written, then read back
    with counting(f"rows of {month:%Y-%m}") as advance:
        moved = archive_month(
            connection, store, month, lambda table, step: advance(table, step, total)
        )
    say(f"{month:%Y-%m} was moved to {store.address}: {_counts(moved)}")


def _restore(connection: Connection, store: "Store", month: date, is_dry: bool) -> None:
    from ingest.archive.restore import restore_month, to_restore

    if is_dry:
        with transaction(connection) as cursor:
            moved = to_restore(cursor, store, month)
        say(f"{month:%Y-%m} would be restored from {store.address}: {_counts(moved)}")
        return
    with counting(f"rows of {month:%Y-%m}") as advance:
        moved = restore_month(
            connection, store, month, lambda table, step: advance(table, step, None)
        )
    say(f"{month:%Y-%m} was restored from {store.address}: {_counts(moved)}")


def _list(connection: Connection) -> None:
    from ingest.archive.record import archives

    with transaction(connection) as cursor:
        known = archives(cursor)
    if not known:
        say("No month was archived yet.")
    for archived in known:
        state = (
            f"restored {archived.restored_at:%Y-%m-%d}"
            if archived.restored_at
            else f"archived {archived.archived_at:%Y-%m-%d}"
        )
        say(f"{archived.file}  {archived.seal.row_count:,} rows  {state}")


def _counts(moved: Sequence["Archived"]) -> str:
    return ", ".join(f"{archived.seal.row_count:,} {archived.table}" for archived in moved)


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise SettingsError(f"{text!r} is no month: write it as 2026-01.") from None
