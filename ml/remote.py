"""A store of models in S3, of which a folder of this machine has copies.

Models are mapped from files, so a version is fetched once for all processes here. S3 shows an object
when all of it has arrived, and the manifest is sent last: a version without one was half sent.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from core.lock import alone_in
from core.settings import Settings
from ml.errors import ModelDamaged, ModelOutOfReach

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

COPIES_KEPT = 3  # the version that answers, the one before it, one to go back to
AT_ONCE = 16 << 20  # bytes: every read of S3 is a request of its own


class RemoteStore:
    """`place` is where a version lies, below the address and below `folder` alike."""

    def __init__(self, address: str, folder: Path):
        self.address = address.rstrip("/")
        self.folder = folder

    @contextmanager
    def opened(self, place: str, name: str) -> Iterator[BinaryIO]:
        """A file as it lies far away. Raises FileNotFoundError and ModelOutOfReach."""
        with self._told(f"{place}/{name}"):
            try:
                file = self._files.open_input_file(self._path(place, name))
            except FileNotFoundError:
                self._check_bucket()
                raise
            with BufferedReader(file, AT_ONCE) as buffered:
                yield buffered

    def send(self, place: str, names: Sequence[str]) -> None:
        """Replaces what lies far away by the copy in `folder`, the names in their order.

        Raises ModelOutOfReach.
        """
        self._remove_far(place)
        for name in names:
            with (
                self._told(f"{place}/{name}"),
                (self.folder / place / name).open("rb") as here,
                self._files.open_output_stream(self._path(place, name)) as far,
            ):
                shutil.copyfileobj(here, far, AT_ONCE)
        with self._told(place), alone_in(self.folder):
            _remove_old_copies((self.folder / place).parent)

    def fetch(self, place: str, names: Sequence[str], check: Callable[[Path], None]) -> None:
        """Has a copy in `folder` that passes `check`, which raises ModelDamaged where one does not.

        Who wants one that another process fetches waits for it. Raises ModelDamaged where what lies
        far away does not pass, and ModelOutOfReach.
        """
        copy = self.folder / place
        if _passes(check, copy):
            return
        with self._told(place), alone_in(self.folder):
            if not _passes(check, copy):
                self._fetch(place, names, check)
                _remove_old_copies(copy.parent)

    def remove(self, place: str) -> None:
        """Here and far away; what is not there is fine. Raises ModelOutOfReach."""
        self._remove_far(place)
        with self._told(place), alone_in(self.folder):
            _clear(self.folder / place)

    def _fetch(self, place: str, names: Sequence[str], check: Callable[[Path], None]) -> None:
        copy = self.folder / place
        aside = copy.with_name(f".{copy.name}.fetching")
        _clear(aside)
        aside.mkdir(parents=True)
        try:
            with suppress(FileNotFoundError):  # `check` tells which one is missing
                for name in names:
                    with self.opened(place, name) as far, (aside / name).open("xb") as here:
                        shutil.copyfileobj(far, here, AT_ONCE)
            check(aside)
            _clear(copy)
            aside.rename(copy)
        finally:
            _clear(aside)

    def _remove_far(self, place: str) -> None:
        with self._told(place):
            try:
                self._files.delete_dir(self._path(place))
            except FileNotFoundError:
                self._check_bucket()

    def _check_bucket(self) -> None:
        """S3 answers alike where an object and where its bucket is missing."""
        from pyarrow.fs import FileType

        if self._files.get_file_info(self._bucket).type is FileType.NotFound:
            raise OSError(f"there is no bucket {self._bucket}")

    @property
    def _bucket(self) -> str:
        return self._path().split("/")[0]

    def _path(self, *names: str) -> str:
        return "/".join((self.address.removeprefix("s3://"), *names))

    @cached_property
    def _files(self) -> "FileSystem":
        """Not `FileSystem.from_uri`: that one waits 100 s for a server that is silent, this one 10 s."""
        from pyarrow import fs  # takes a moment, and most commands ask no store

        server = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        is_told = server or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
        region = None if is_told else fs.resolve_s3_region(self._bucket)
        return fs.S3FileSystem(region=region, endpoint_override=server)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            told, aws, of_aws = str(error).splitlines()[0].partition("AWS Error")
            why = (aws + of_aws or told).rstrip(".")
            raise ModelOutOfReach(
                f"{name} of {self.address} cannot be read or written: {why}. Check MODEL_STORE, AWS's "
                f"variables (see .env.example) and the room in {self.folder}, and run the same "
                "command again."
            ) from None


Store = Path | RemoteStore


def open_store(settings: Settings) -> Store:
    """MODEL_STORE; nothing is asked of a server yet. Raises SettingsError."""
    settings.check_model_store()
    address = settings.store_address
    if "://" not in address:
        return Path(address)
    return RemoteStore(address, settings.local_folder / "fetched_models")


def _passes(check: Callable[[Path], None], copy: Path) -> bool:
    try:
        check(copy)
    except ModelDamaged:
        return False
    return True


def _remove_old_copies(folder: Path) -> None:
    """And what killed processes left. Who has an old copy loaded keeps it."""
    for half in folder.glob(".*.fetching"):
        _clear(half)
    copies = [path for path in folder.iterdir() if not path.name.startswith(".")]
    copies.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in copies[COPIES_KEPT:]:
        _clear(old)


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
