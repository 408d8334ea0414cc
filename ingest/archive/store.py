"""Where the files lie: a folder, or a place in S3, both by names with slashes.

A folder's file is written aside, synced and renamed; S3 shows an object when all of it has arrived.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import fs

from core.errors import ArchiveFailed, SettingsError

CHUNK_BYTES = 1 << 20

Fill = Callable[[pa.NativeFile], None]


class Store:
    """`address` is for people; files are `root/name` of the file system."""

    def __init__(self, files: fs.FileSystem, root: str, address: str):
        self._files = files
        self._root = root.rstrip("/")
        self.address = address.rstrip("/")

    def write(self, name: str, fill: Fill) -> None:
        with self._told(name), self._files.open_output_stream(self._path(name)) as file:
            fill(file)

    @contextmanager
    def opened(self, name: str) -> Iterator[pa.NativeFile]:
        with self._told(name), self._files.open_input_file(self._path(name)) as file:
            yield file

    def sha256(self, name: str) -> str:
        digest = hashlib.sha256()
        with self.opened(name) as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
        return digest.hexdigest()

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise ArchiveFailed(
                f"{name} is not in {self.address}. Set MODEL_STORE to where it was archived, "
                "or bring the file back from a backup."
            ) from None
        except OSError as error:
            why = str(error).splitlines()[0]
            raise ArchiveFailed(
                f"{name} in {self.address} cannot be read or written: {why}. "
                "Mend that and run the same command again; nothing was lost."
            ) from None


class Folder(Store):
    def __init__(self, folder: Path):
        folder = folder.absolute()
        super().__init__(fs.LocalFileSystem(), str(folder), str(folder))

    def write(self, name: str, fill: Fill) -> None:
        path = Path(self._path(name))
        aside = path.with_name(f".{path.name}.writing")
        with self._told(name):
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._files.open_output_stream(str(aside)) as file:
                fill(file)
            _sync(aside)
            aside.rename(path)
            for folder in (path.parent, path.parent.parent, Path(self._root)):
                _sync(folder)


def open_store(address: str | Path) -> Store:
    """A folder's path or `s3://bucket/place`, as `Settings.check_model_store` lets pass; AWS's own
    variables say who asks, and which server. Raises SettingsError where that does not answer."""
    if "://" not in str(address):
        return Folder(Path(address))
    try:
        return Store(*fs.FileSystem.from_uri(str(address)), str(address))
    except OSError as error:
        raise SettingsError(
            f"MODEL_STORE {address} does not answer: {str(error).splitlines()[0]}"
        ) from None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
