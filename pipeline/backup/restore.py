"""A moment of the past in a new place: the newest base before it, and WAL up to it.

The server and the backups stay as they are. A restore that was killed begins anew with the same command.
"""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg2.errors

from core.database import connect, transaction
from core.errors import BackupFailed, SettingsError
from pipeline.backup.base import verify_base
from pipeline.backup.models import is_whole
from pipeline.backup.recovery import SOCKET, Recovery
from pipeline.backup.retention import first_segment, last_segment
from pipeline.backup.store import Backup, BackupStore, Seal, remove
from pipeline.backup.tools import tools_for
from pipeline.backup.wal import PARTIAL, after, before, missing, partial, segments

UNFINISHED = "unfinished"
# Folders that PostgreSQL wants to find; a copy in S3 knows no empty ones.
MAY_BE_EMPTY = (
    "pg_commit_ts", "pg_dynshmem", "pg_logical/mappings", "pg_logical/snapshots", "pg_notify",
    "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat", "pg_stat_tmp", "pg_subtrans", "pg_tblspc",
    "pg_twophase", "pg_wal/archive_status",
)  # fmt: skip
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    backup: Backup
    recovery: Recovery
    dsn: str


def restore(store: BackupStore, moment: datetime | None, folder: Path, tell: Tell) -> Restored:
    """Raises SettingsError where the moment or the folder cannot be used, and BackupFailed."""
    backup = choose(store, moment)
    recovery = Recovery(tools_for(backup.server_version), folder.absolute())
    _make_room(recovery)
    tell(f"base          of {backup.began_at:%Y-%m-%d %H:%M} UTC")
    shutil.copytree(store.base(backup.stamp), recovery.data, copy_function=shutil.copy)
    verify_base(recovery.tools, recovery.data)
    # of the server that the base was taken of: here its number may be that of any process
    (recovery.data / f"{SOCKET}.lock").unlink(missing_ok=True)
    for name in MAY_BE_EMPTY:
        (recovery.data / name).mkdir(parents=True, exist_ok=True)
    copied = _copy_wal(store, backup, moment, recovery.data / "pg_wal")
    tell(f"WAL           {copied:,} segments to replay")
    recovery.data.chmod(0o700)
    recovery.start(moment)
    dsn = recovery.dsn(backup.user, backup.database)
    tell(f"recovered     {_check(store, backup, dsn)}")
    (recovery.folder / UNFINISHED).unlink()
    return Restored(backup, recovery, dsn)


def is_restored(folder: Path) -> bool:
    """Whether a restore there is whole."""
    return (folder / "postgres").exists() and not (folder / UNFINISHED).exists()


def choose(store: BackupStore, moment: datetime | None) -> Backup:
    """The newest backup whose base is of before. Raises SettingsError with what is possible."""
    backups = store.backups()
    if not backups:
        raise SettingsError(
            f"There is no backup in {store.folder}: `jobdash backup run` makes one."
        )
    if moment is None:
        return backups[-1]
    first, last = backups[0].base_ended_at, covered_until(store, backups[-1])
    if not first <= moment <= last:
        raise SettingsError(
            f"{moment:%Y-%m-%d %H:%M:%S} UTC cannot be restored: the backups go from "
            f"{first:%Y-%m-%d %H:%M:%S} to {last:%Y-%m-%d %H:%M:%S} UTC."
        )
    chosen = [backup for backup in backups if backup.base_ended_at <= moment][-1]
    if moment > (last := covered_until(store, chosen)):
        raise SettingsError(
            f"{moment:%Y-%m-%d %H:%M:%S} UTC cannot be restored: WAL was not received from "
            f"{last:%Y-%m-%d %H:%M:%S} UTC until the next backup."
        )
    return chosen


def covered_until(store: BackupStore, backup: Backup) -> datetime:
    """When WAL was last received, after this backup or by it."""
    newest = max(
        (path.stat().st_mtime for path in store.wal(backup.wal).glob("*")),
        default=0.0,
    )
    return max(backup.covered_until, datetime.fromtimestamp(newest, UTC))


def _make_room(recovery: Recovery) -> None:
    folder = recovery.folder
    if folder.exists() and any(folder.iterdir()):
        if not (folder / UNFINISHED).exists():
            raise SettingsError(f"{folder} is not empty: name another folder with --into.")
        recovery.stop()
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / UNFINISHED).touch()


def _copy_wal(store: BackupStore, backup: Backup, moment: datetime | None, place: Path) -> int:
    """Into the data itself: the restored server needs the folder of the backups no more."""
    folder = store.wal(backup.wal)
    end = _end(store, backup, moment)
    first, last = first_segment(backup), last_segment(end or backup)
    needed = {path.name: path for path in segments(folder)}
    if being_written := partial(folder):
        needed.setdefault(being_written.name.removesuffix(PARTIAL), being_written)
    names = [name for name in sorted(needed) if first <= name and (end is None or name <= last)]
    known = [] if last in names else [after(last, backup.segment_bytes)]
    edges = [before(first, backup.segment_bytes), *names, *known]
    for begin, until in missing(edges, backup.segment_bytes):
        raise BackupFailed(
            f"WAL is missing from {begin} to {until}: only moments before can be restored from "
            f"the base of {backup.stamp}. `jobdash backup verify` tells of all gaps."
        )
    for name in names:
        remove(place / name)
        shutil.copy(needed[name], place / name)
    return len(names)


def _end(store: BackupStore, backup: Backup, moment: datetime | None) -> Backup | None:
    """A later backup that says that the moment had passed; WAL after it is not needed."""
    if moment is None:
        return None
    return next(
        (
            later
            for later in store.backups()
            if later.wal == backup.wal and later.covered_until > moment
        ),
        None,
    )


def _check(store: BackupStore, backup: Backup, dsn: str) -> str:
    """What is published there; its model has to be in the backups."""
    with closing(connect(dsn)) as connection, transaction(connection) as cursor:
        try:
            cursor.execute("select count(*) from ops.migrations")
            applied = cursor.fetchone()[0]
            cursor.execute(
                "select publication.batch_id, version, files from ops.publication"
                " join ops.model_versions on version = model_version"
            )
            published = cursor.fetchone()
        except psycopg2.errors.UndefinedTable:
            raise BackupFailed(
                "What was restored is no database of jobdash: was the backup made of another?"
            ) from None
    if published is None:
        return f"{applied} migrations, nothing published"
    batch_id, version, files = published
    told = f"{applied} migrations, batch {batch_id} published with {version}"
    seals = {name: Seal(**of_file) for name, of_file in files.items()}
    if seals and not is_whole(store, version, seals):
        return told + f"; {version} is not among the models backed up"
    return told
