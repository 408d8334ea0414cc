"""The database: a base backup, on which WAL is replayed, and a dump for single tables."""

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.backup.store import BackupStore, Seal, seal, size, written
from pipeline.backup.tools import Tools

MANIFEST = "backup_manifest"


@dataclass(frozen=True)
class Base:
    timeline: int
    start_lsn: str
    bytes: int
    manifest: Seal


def take_base(tools: Tools, dsn: str, store: BackupStore, stamp: str) -> Base:
    """With the WAL that it needs by itself; verified before it has its name."""
    with written(store.base(stamp)) as aside:
        tools.run(
            "pg_basebackup", "--pgdata", aside, "--format=plain", "--wal-method=stream",
            "--checkpoint=fast", "--manifest-checksums=SHA256", f"--label=jobdash {stamp}",
            "--no-sync",  # all of it is synced before it is renamed
            dsn=dsn,
        )  # fmt: skip
        verify_base(tools, aside)
        needed = _wal_range(aside)
        return Base(needed["Timeline"], needed["Start-LSN"], size(aside), seal(aside / MANIFEST))


def verify_base(tools: Tools, folder: Path) -> None:
    """Every file against its sum, and the WAL that it needs. Raises BackupFailed."""
    tools.run("pg_verifybackup", "--exit-on-error", "--quiet", folder)


def take_dump(tools: Tools, dsn: str, store: BackupStore, stamp: str) -> Seal:
    with written(store.dump(stamp)) as aside:
        tools.run("pg_dump", "--format=custom", "--file", aside, dsn=dsn)
        verify_dump(tools, aside)
        return seal(aside)


def verify_dump(tools: Tools, dump: Path) -> None:
    """Whether pg_restore can read what is in it. Raises BackupFailed."""
    tools.run("pg_restore", "--list", dump)


def _wal_range(base: Path) -> dict:
    """A backup that spans no promotion has one."""
    manifest = json.loads((base / MANIFEST).read_text(encoding="utf-8"))
    return manifest["WAL-Ranges"][-1]
