"""What is kept: thirty days of backups, seven of Redis, and the WAL from the oldest of them on."""

from datetime import UTC, datetime, timedelta

from pipeline.backup.store import Backup, BackupStore, remove
from pipeline.backup.tools import Tools
from pipeline.backup.wal import lsn_number, segment_name

KEPT = timedelta(days=30)
REDIS_KEPT = timedelta(days=7)


def forget_old(tools: Tools, store: BackupStore, now: datetime | None = None) -> list[str]:
    """The stamps that went. The newest backup always stays."""
    now = now or datetime.now(UTC)
    *older, _ = store.backups()
    gone = [backup.stamp for backup in older if now - backup.began_at > KEPT]
    for stamp in gone:
        remove(store.manifest(stamp))
    for backup in store.backups():
        if backup.redis and now - backup.began_at > REDIS_KEPT:
            store.record(backup.model_copy(update={"redis": None}))
    sweep(store)
    _sweep_wal(tools, store)
    return gone


def sweep(store: BackupStore) -> None:
    """Removes what no manifest names: what is too old, and what a killed run left."""
    backups = store.backups()
    stamps = {backup.stamp for backup in backups}
    known = {
        "manifests": {f"{stamp}.json" for stamp in stamps},
        "base": stamps,
        "dumps": {f"{stamp}.dump" for stamp in stamps},
        "redis": {f"{backup.stamp}.rdb" for backup in backups if backup.redis},
        "models/tfidf": {version for backup in backups for version in backup.models},
    }
    for place, names in known.items():
        for path in (store.folder / place).glob("*"):
            if path.name not in names:
                remove(path)
    months = {name for backup in backups for name in backup.months}
    for path in (store.models / "raw").rglob("*"):
        if path.is_file() and str(path.relative_to(store.models)) not in months:
            remove(path)


def _sweep_wal(tools: Tools, store: BackupStore) -> None:
    """The folder that is written now is that of the newest backup, or one that came after it."""
    backups = store.backups()
    for folder in sorted((store.folder / "wal").glob("*")):
        oldest = next((backup for backup in backups if backup.wal == folder.name), None)
        if oldest:
            tools.run("pg_archivecleanup", folder, first_segment(oldest))
        elif folder.name < backups[-1].wal:
            remove(folder)


def first_segment(backup: Backup) -> str:
    """Where the WAL that the base needs begins."""
    return segment_name(lsn_number(backup.start_lsn), backup.timeline, backup.segment_bytes)


def last_segment(backup: Backup) -> str:
    """Which it saw the end of; where one ends and the next begins, that is the earlier one."""
    last_byte = lsn_number(backup.end_lsn) - 1
    return segment_name(last_byte, backup.timeline, backup.segment_bytes)
