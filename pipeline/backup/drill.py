"""A restore that nobody needs, so that one that somebody needs succeeds."""

import shutil
from contextlib import closing

from core.database import connect
from core.errors import BackupFailed, SettingsError
from core.settings import Settings
from pipeline.backup.hashes import different, hashes
from pipeline.backup.metrics import record_drill
from pipeline.backup.restore import Tell, restore
from pipeline.backup.store import Backup, BackupStore


def drill(settings: Settings, tell: Tell) -> Backup:
    """The newest backup at the moment whose hashes it has. Raises BackupFailed where they differ."""
    store = BackupStore(settings.backup_store)
    folder = settings.local_folder / "restore-drill"
    backup = _newest_with_hashes(store)
    restored = restore(store, backup.hashed_at, folder, tell)
    try:
        with closing(connect(restored.dsn)) as connection:
            differ = different(hashes(connection), backup.hashes)
    finally:
        restored.recovery.stop()
        shutil.rmtree(folder)
    if differ:
        raise BackupFailed(f"Restored tables are not as they were backed up: {', '.join(differ)}")
    tell(f"same          {len(backup.hashes)} tables of the marts and the audit, by their hashes")
    record_drill(store)
    return backup


def _newest_with_hashes(store: BackupStore) -> Backup:
    found = [backup for backup in store.backups() if backup.hashed_at]
    if not found:
        raise SettingsError(
            "No backup has hashes to compare with: run `jobdash backup run` while no batch is at work."
        )
    return found[-1]
