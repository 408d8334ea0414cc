"""A house with a server of its own, which is backed up."""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from houses import House

from core.database import connect
from core.settings import Settings
from pipeline.backup.hashes import hashes
from pipeline.backup.run import back_up
from pipeline.backup.store import Backup, BackupStore


@dataclass(frozen=True)
class BackedUp(House):
    def backup_settings(self) -> Settings:
        return Settings(
            database_url=self.database_url, redis_url=self.redis_url, local_folder=self.folder
        )

    @property
    def store(self) -> BackupStore:
        return BackupStore(self.folder / "backups")

    def back_up(self) -> Backup:
        return back_up(self.backup_settings(), self.addresses)

    def hashes(self) -> dict[str, str]:
        with closing(connect(self.database_url)) as connection:
            return hashes(connection)

    def now(self) -> datetime:
        return self.value("select clock_timestamp()").astimezone(UTC)


def copy_of(store: BackupStore, folder: Path) -> BackupStore:
    """To damage by `damage`; nothing of the original changes."""
    shutil.copytree(store.folder, folder, copy_function=os.link)
    return BackupStore(folder)


def damage(path: Path, at: int | None = None) -> None:
    """One byte, in the middle unless told, so that no size tells it."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 0xFF
    path.unlink()  # the original is the same file until then
    path.write_bytes(content)
