"""`jobdash backup` and `jobdash restore`."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from psycopg2.extensions import connection as Connection
from rich.console import Console
from rich.table import Table

from core.database import connect
from core.errors import BackupFailed, JobdashError, SettingsError
from core.settings import Settings
from pipeline.addresses import Addresses, prepare, running
from pipeline.progress import say, seconds, warn
from pipeline.services import LocalServices

if TYPE_CHECKING:
    from pipeline.backup.store import Backup

TRIED_AGAIN_AFTER_S = 5
MIB = 1024 * 1024

app = typer.Typer(
    name="backup",
    help="Backups of database, models and cache in BACKUP_STORE: run, wal, list, verify, drill.",
    no_args_is_help=True,
)


@app.command()
def run() -> None:
    """Back everything up once, verify it, and delete what is older than 30 days.

    Run it every day, and keep `jobdash backup wal` running beside, so that seconds are lost and not a
    day. A run that was killed leaves nothing that counts; the same command begins anew.
    """
    from pipeline.backup.offsite import copy_weekly
    from pipeline.backup.run import back_up

    settings, began = Settings(), time.monotonic()
    with _connected(settings) as (addresses, _):
        backup = back_up(settings, addresses)
        say(f"backup        {backup.stamp} is whole in {settings.backup_store} ({seconds(began)})")
    copy_weekly(settings, say)


@app.command()
def wal() -> None:
    """Receive WAL as the database writes it, until Ctrl-C; goes on by itself when the database is back.

    The first time it makes a replication slot: from then on the database keeps WAL that nobody
    received. To give backups up: `select pg_drop_replication_slot(slot_name) from pg_replication_slots`.
    """
    from pipeline.backup.store import BackupStore
    from pipeline.backup.tools import tools_for
    from pipeline.backup.wal import receive, wal_folder

    settings = Settings()
    store, services = BackupStore(settings.backup_store), LocalServices(settings.local_folder)
    while True:
        try:
            with _connected(settings) as (addresses, connection):
                folder = wal_folder(connection, store)
                tools = tools_for(connection.server_version)
                connection.close()  # or a local server would seem to be in use
                say(f"WAL           is received into {folder}")
                receive(tools, addresses.database_url, folder)
        except JobdashError as error:
            warn(f"error: {error}")
        warn(f"WAL is not received: trying again in {TRIED_AGAIN_AFTER_S} s.")
        time.sleep(TRIED_AGAIN_AFTER_S)
        while settings.database_url is None and not services.postgres_is_up():
            time.sleep(TRIED_AGAIN_AFTER_S)  # whoever stopped the local server wants it to be down


@app.command("list")
def list_backups() -> None:
    """Show all backups that are whole, the newest first."""
    from pipeline.backup.restore import covered_until
    from pipeline.backup.store import BackupStore

    store = BackupStore(Settings().backup_store)
    backups = store.backups()
    if not backups:
        say(f"No backup in {store.folder} yet: `jobdash backup run` makes the first.")
        return
    table = Table("stamp", "kind", "MiB", "age", "verified (UTC)", box=None)
    for backup in reversed(backups):
        for kind, size in _sizes(backup):
            age = datetime.now(UTC) - backup.began_at
            verified = f"{backup.verified_at:%Y-%m-%d %H:%M}"
            table.add_row(backup.stamp, kind, f"{size / MIB:,.1f}", _age(age), verified)
    Console().print(table)
    first, last = backups[0].base_ended_at, covered_until(store, backups[-1])
    say(f"`jobdash restore` can go from {first:%Y-%m-%d %H:%M:%S} to {last:%Y-%m-%d %H:%M:%S} UTC.")


@app.command()
def verify() -> None:
    """Hold all backups against their sums on record, and look for gaps in the WAL. No server is needed.

    Exit code 10 when something is not whole.
    """
    from pipeline.backup.store import BackupStore
    from pipeline.backup.verify import faults_of, faults_of_wal

    store = BackupStore(Settings().backup_store)
    faults = []
    with store.alone():
        backups = store.backups()
        if not backups:
            raise SettingsError(f"There is no backup in {store.folder}: `jobdash backup run`.")
        for backup in backups:
            of_backup = faults_of(store, backup)
            if not of_backup:
                say(f"{backup.stamp}: whole")
            faults += of_backup
        of_wal = faults_of_wal(store, backups)
    if not of_wal:
        say(f"WAL: without gaps from {backups[0].stamp} on")
    for fault in [*faults, *of_wal]:
        warn(fault)
    if faults or of_wal:
        warn("`jobdash backup run` makes a backup that is whole.")
        sys.exit(BackupFailed.exit_code)


@app.command()
def drill() -> None:
    """Restore the newest backup into a scratch folder, compare hashes, and delete it again.

    Marts and audit have to be as they were when they were backed up. Nothing else is touched.
    """
    from pipeline.backup.drill import drill as restore_drill

    began = time.monotonic()
    backup = restore_drill(Settings(), say)
    say(f"drill         {backup.stamp} can be restored ({seconds(began)})")


def restore(
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="A new folder for the restored data.")
    ],
    to: Annotated[
        str | None,
        typer.Option(
            metavar='"YYYY-MM-DD HH:MM[:SS]"', help="A moment, in UTC; else the newest there is."
        ),
    ] = None,
    swaps: Annotated[
        bool,
        typer.Option("--swap", help="Then put it in the place of the local server's data."),
    ] = False,
) -> None:
    """Restore the database as it was at a moment, into a new place, and start a server there.

    The database in use stays as it is until --swap, which puts its data aside and deletes nothing.
    To look first and swap later, run it again with --into and --swap alone.
    """
    from pipeline.backup.recovery import Recovery
    from pipeline.backup.restore import is_restored
    from pipeline.backup.restore import restore as restore_into
    from pipeline.backup.store import BackupStore
    from pipeline.backup.swap import swap

    settings, began = Settings(), time.monotonic()
    store = BackupStore(settings.backup_store)
    if swaps and to is None and is_restored(into):
        recovery = Recovery.found(into.absolute())
    else:
        restored = restore_into(store, _moment(to), into, say)
        recovery = restored.recovery
        say(f"restored      into {into} ({seconds(began)}); a server runs there:")
        say(f"  DATABASE_URL={restored.dsn}")
    if not swaps:
        say(f"  swap it in  jobdash restore --into {into} --swap")
        return
    before = swap(settings, recovery)
    say("swapped       the local server has the restored data")
    if before:
        say(f"  before      the data of before is in {before}")
    say("  next        jobdash backup run, as WAL begins anew here")


def _sizes(backup: "Backup") -> Iterator[tuple[str, int]]:
    yield "base", backup.base_bytes
    yield "dump", backup.dump.bytes
    yield "models", backup.models_bytes
    if backup.redis:
        yield "redis", backup.redis.bytes


def _age(age) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} h"


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{text!r} is no moment: write it as 2026-01-08 00:35.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@contextmanager
def _connected(settings: Settings) -> Iterator[tuple[Addresses, Connection]]:
    settings.check_model_store()
    with running(settings) as addresses:
        prepare(addresses)
        if settings.database_url is None:
            LocalServices(settings.local_folder).limit_waiting_wal()
        with closing(connect(addresses.database_url)) as connection:
            yield addresses, connection
