"""Once a week the newest backup, with its WAL, in another place: a folder or S3."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BackupFailed, SettingsError
from core.settings import Settings
from pipeline.backup.retention import KEPT, first_segment
from pipeline.backup.store import STAMP, Backup, BackupStore
from pipeline.backup.wal import partial, segments

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

EVERY = timedelta(days=7)
AT_ONCE = 16 << 20
SIDE_BY_SIDE = 8  # a base has thousands of small files
# Written last: a copy without it was half sent.
WHOLE = "whole.json"


def copy_weekly(settings: Settings, tell: Callable[[str], None]) -> bool:
    """Whether it was time. Raises BackupFailed where the place does not answer or reads back another."""
    if not settings.backup_offsite:
        return False
    store, address = BackupStore(settings.backup_store), settings.backup_offsite
    try:
        files, root = _opened(address)
        stamps = _stamps(files, root)
        known = _whole(files, root, stamps)
        if known and datetime.now(UTC) - _moment(known[-1]) < EVERY:
            return False
        newest = store.backups()[-1]
        size = _copy(files, f"{root}/{newest.stamp}", store, newest)
        for old in set(stamps) - {newest.stamp}:
            was_half_sent = old not in known
            if was_half_sent or datetime.now(UTC) - _moment(old) > KEPT:
                files.delete_dir(f"{root}/{old}")
    except OSError as error:
        raise BackupFailed(
            f"BACKUP_OFFSITE {address} cannot be read or written: {str(error).splitlines()[0]}. "
            "The backup here is whole; the next `jobdash backup run` tries the copy again."
        ) from None
    tell(f"offsite       {newest.stamp} copied to {address}, {size / 1024**2:,.1f} MiB, verified")
    return True


def _copy(files: "FileSystem", place: str, store: BackupStore, backup: Backup) -> int:
    paths = {str(path.relative_to(store.folder)): path for path in _parts(store, backup)}
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        sent = pool.map(lambda name: _send(files, paths[name], f"{place}/{name}"), paths)
        sums = dict(zip(paths, sent, strict=True))
        read_back = pool.map(lambda name: _sha256(files, f"{place}/{name}"), paths)
        for name, sha256 in zip(paths, read_back, strict=True):
            if sha256 != sums[name]:
                raise BackupFailed(f"{name} came to {place} as another file: run it again.")
    os.sync()  # a folder may be a disk of this machine, and the mark must not outlive what it vouches for
    with files.open_output_stream(f"{place}/{WHOLE}") as far:
        far.write(json.dumps(sums, indent=2).encode())
    return sum(path.stat().st_size for path in paths.values())


def _parts(store: BackupStore, backup: Backup) -> Iterator[Path]:
    """A store of its own: BACKUP_STORE may point at the copy."""
    first = first_segment(backup)
    yield from (path for path in store.base(backup.stamp).rglob("*") if path.is_file())
    yield store.dump(backup.stamp)
    if backup.redis:
        yield store.redis(backup.stamp)
    for version, of_version in backup.models.items():
        yield from (store.models / "tfidf" / version / name for name in of_version)
    yield from (store.models / name for name in backup.months)
    wal = store.wal(backup.wal)
    yield from (path for path in segments(wal) if path.name >= first)
    if being_written := partial(wal):
        yield being_written
    yield store.manifest(backup.stamp)


def _send(files: "FileSystem", path: Path, name: str) -> str:
    from pyarrow.fs import LocalFileSystem

    if isinstance(files, LocalFileSystem):
        files.create_dir(os.path.dirname(name))
    digest = hashlib.sha256()  # of what was sent: the newest WAL may be written on meanwhile
    with path.open("rb") as here, files.open_output_stream(name) as far:
        while chunk := here.read(AT_ONCE):
            digest.update(chunk)
            far.write(chunk)
    return digest.hexdigest()


def _sha256(files: "FileSystem", name: str) -> str:
    digest = hashlib.sha256()
    with files.open_input_stream(name) as far:
        while chunk := far.read(AT_ONCE):
            digest.update(chunk)
    return digest.hexdigest()


def _stamps(files: "FileSystem", root: str) -> list[str]:
    """The oldest first."""
    from pyarrow.fs import FileSelector, FileType

    infos = files.get_file_info(FileSelector(root, allow_not_found=True))
    return sorted(info.base_name for info in infos if info.type is FileType.Directory)


def _whole(files: "FileSystem", root: str, stamps: list[str]) -> list[str]:
    from pyarrow.fs import FileType

    marks = files.get_file_info([f"{root}/{stamp}/{WHOLE}" for stamp in stamps])
    return [stamp for stamp, mark in zip(stamps, marks, strict=True) if mark.type is FileType.File]


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)


def _opened(address: str) -> tuple["FileSystem", str]:
    from pyarrow import fs

    scheme, is_address, place = address.partition("://")
    if not is_address:
        return fs.LocalFileSystem(), str(Path(address).absolute())
    if scheme != "s3" or set("@?#") & set(place):
        raise SettingsError("BACKUP_OFFSITE: must be a folder or s3://bucket/place.")
    server = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    is_told = server or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    region = None if is_told else fs.resolve_s3_region(place.partition("/")[0])
    return fs.S3FileSystem(region=region, endpoint_override=server), place.rstrip("/")
