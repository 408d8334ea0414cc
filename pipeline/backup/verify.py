"""Holds everything that is kept against what it was when it was written; no server is needed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from core.errors import BackupFailed
from pipeline.backup.base import MANIFEST, verify_base, verify_dump
from pipeline.backup.models import is_whole
from pipeline.backup.retention import first_segment, last_segment
from pipeline.backup.store import Backup, BackupStore, Seal, seal
from pipeline.backup.tools import Tools, tools_for
from pipeline.backup.wal import PARTIAL, after, before, missing, partial, segments


def faults_of(store: BackupStore, backup: Backup) -> list[str]:
    """One line for each; what is whole is recorded as verified now."""
    tools = tools_for(backup.server_version)
    faults = [
        *_of_base(tools, store, backup),
        *_of_dump(tools, store, backup),
        *_of_redis(store, backup),
        *_of_models(store, backup),
    ]
    if not faults:
        store.record(backup.model_copy(update={"verified_at": datetime.now(UTC)}))
    return faults


def faults_of_wal(store: BackupStore, backups: list[Backup]) -> list[str]:
    """From the oldest base of each folder of WAL to the end."""
    return [
        fault
        for name in dict.fromkeys(backup.wal for backup in backups)
        for fault in _of_wal(store, [backup for backup in backups if backup.wal == name])
    ]


def _of_base(tools: Tools, store: BackupStore, backup: Backup) -> Iterator[str]:
    base = store.base(backup.stamp)
    if fault := _changed(base / MANIFEST, backup.base_manifest):
        yield f"base {backup.stamp}: {fault}"
        return
    try:
        verify_base(tools, base)
    except BackupFailed as error:
        yield f"base {backup.stamp}: {error}"


def _of_dump(tools: Tools, store: BackupStore, backup: Backup) -> Iterator[str]:
    dump = store.dump(backup.stamp)
    if fault := _changed(dump, backup.dump):
        yield f"dump {backup.stamp}: {fault}"
        return
    try:
        verify_dump(tools, dump)
    except BackupFailed as error:
        yield f"dump {backup.stamp}: {error}"


def _of_redis(store: BackupStore, backup: Backup) -> Iterator[str]:
    if backup.redis and (fault := _changed(store.redis(backup.stamp), backup.redis)):
        yield f"redis {backup.stamp}: {fault}"


def _of_models(store: BackupStore, backup: Backup) -> Iterator[str]:
    for version, files in backup.models.items():
        if not is_whole(store, version, files):
            yield f"model {version} (backup {backup.stamp}): its files are not those on record"
    for name, of_file in backup.months.items():
        if fault := _changed(store.models / name, of_file):
            yield f"month {name} (backup {backup.stamp}): {fault}"


def _of_wal(store: BackupStore, backups: list[Backup]) -> Iterator[str]:
    oldest, newest = backups[0], backups[-1]
    folder, size = store.wal(oldest.wal), oldest.segment_bytes
    if not folder.exists():
        yield f"WAL {folder.name}: the folder is missing"
        return
    first = first_segment(oldest)
    last = last_segment(newest)
    full = [path for path in segments(folder) if path.name >= first]
    being_written = partial(folder)
    names = [path.name for path in full]
    if being_written and being_written.name.removesuffix(PARTIAL) > max(names, default=""):
        names.append(being_written.name.removesuffix(PARTIAL))
    gaps = list(missing([before(first, size), *names, *_beyond(names, last, size)], size))
    for begin, end in gaps:
        yield f"WAL {folder.name}: {_range(begin, end)} missing"
    odd = [path.name for path in full if path.stat().st_size != size]
    for name in odd:
        yield f"WAL {folder.name}: {name} has not the {size:,} bytes of a segment"
    if full and not gaps and not odd:
        yield from _unreadable(tools_for(oldest.server_version), folder, full)


def _unreadable(tools: Tools, folder: Path, full: list[Path]) -> Iterator[str]:
    try:
        tools.run("pg_waldump", "--quiet", "--path", folder, full[0].name, full[-1].name)
    except BackupFailed as error:
        yield f"WAL {folder.name}: {error}"


def _beyond(names: list[str], last: str, size: int) -> list[str]:
    """What would follow the end that the newest backup saw, where nothing reaches it."""
    return [after(last, size)] if max(names, default="") < last else []


def _range(begin: str, end: str) -> str:
    return f"{begin} is" if begin == end else f"{begin} to {end} are"


def _changed(path: Path, recorded: Seal) -> str | None:
    if not path.exists():
        return f"{path.name} is missing"
    return None if seal(path) == recorded else f"{path.name} is not the file that was written"
