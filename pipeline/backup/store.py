"""The folder of the backups: what lies where, and how a file comes to lie there whole.

manifests/<stamp>.json      a backup is whole when this is there; it is written last
base/<stamp>/               pg_basebackup, plain, with its own manifest
dumps/<stamp>.dump          pg_dump
redis/<stamp>.rdb
models/                     copies of what is in MODEL_STORE, which may point here
wal/<stamp>/                WAL as it is written, one folder for each slot
metrics/jobdash.prom        for node_exporter
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from core.errors import BackupBusy, BackupFailed

STAMP = "%Y%m%dT%H%M%SZ"
WRITING = ".writing"


class Seal(BaseModel):
    """What a file was when it was written."""

    sha256: str
    bytes: int


class Backup(BaseModel):
    """What is known of one run. `covered_until`: by the WAL that was there when it ended."""

    stamp: str
    server_version: int
    database: str
    user: str
    wal: str
    timeline: int
    segment_bytes: int
    start_lsn: str
    base_ended_at: datetime
    end_lsn: str
    covered_until: datetime
    base_bytes: int
    base_manifest: Seal
    dump: Seal
    redis: Seal | None
    models: dict[str, dict[str, Seal]]
    months: dict[str, Seal]
    # of each table of the marts and the audit, as it was at `hashed_at`; none while a batch ran
    hashes: dict[str, str]
    hashed_at: datetime | None
    written_at: datetime
    verified_at: datetime

    @property
    def began_at(self) -> datetime:
        return datetime.strptime(self.stamp, STAMP).replace(tzinfo=UTC)

    @property
    def models_bytes(self) -> int:
        files = [file for files in self.models.values() for file in files.values()]
        return sum(file.bytes for file in [*files, *self.months.values()])


@dataclass(frozen=True)
class BackupStore:
    folder: Path

    def base(self, stamp: str) -> Path:
        return self.folder / "base" / stamp

    def dump(self, stamp: str) -> Path:
        return self.folder / "dumps" / f"{stamp}.dump"

    def redis(self, stamp: str) -> Path:
        return self.folder / "redis" / f"{stamp}.rdb"

    def manifest(self, stamp: str) -> Path:
        return self.folder / "manifests" / f"{stamp}.json"

    def wal(self, stamp: str) -> Path:
        return self.folder / "wal" / stamp

    @property
    def models(self) -> Path:
        return self.folder / "models"

    def backups(self) -> list[Backup]:
        """Those that are whole, the oldest first."""
        return [_read(path) for path in sorted((self.folder / "manifests").glob("*.json"))]

    def record(self, backup: Backup) -> None:
        with written(self.manifest(backup.stamp)) as aside:
            aside.write_text(backup.model_dump_json(indent=2) + "\n", encoding="utf-8")

    @contextmanager
    def alone(self, name: str = "lock") -> Iterator[None]:
        """One process at a time; the lock of one that was killed is free. Raises BackupBusy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f".{name}").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupBusy(
                    f"Another jobdash works on the backups in {self.folder}. "
                    "Wait until it ends, then run the command again."
                ) from None
            yield


@contextmanager
def written(place: Path) -> Iterator[Path]:
    """A path aside for a file or a folder, which is synced and renamed to `place` in the end."""
    aside = place.with_name(f".{place.name}{WRITING}")
    remove(aside)
    place.parent.mkdir(parents=True, exist_ok=True)
    yield aside
    _sync(aside)
    remove(place)
    aside.rename(place)
    _sync(place.parent)


def seal(path: Path) -> Seal:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return Seal(sha256=sha256, bytes=file.tell())


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def stamp_now() -> str:
    return datetime.now(UTC).strftime(STAMP)


def _read(path: Path) -> Backup:
    try:
        return Backup.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError:
        raise BackupFailed(
            f"{path} cannot be read: restore it from the offsite copy, or delete it to give up "
            "that backup."
        ) from None


def _sync(path: Path) -> None:
    for part in [path, *path.rglob("*")] if path.is_dir() else [path]:
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
