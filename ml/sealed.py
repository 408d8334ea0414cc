"""The files of a version, held against their sums on record: none is opened as a model here, so that it
needs no scikit-learn and takes no time to import."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ml.errors import ModelDamaged, ModelIncompatible
from ml.manifest import LIBRARIES, Manifest
from ml.remote import RemoteStore, Store
from ml.versions import checked

VECTORIZER, MATRIX, WEIGHTS, ADS, MANIFEST = FILES = (
    *("vectorizer.joblib", "matrix.joblib", "weights.joblib", "ads.joblib", "manifest.json"),
)
Seal = Mapping[str, str | int]  # of a file: sha256 and bytes
Opened = Callable[[str], AbstractContextManager[BinaryIO]]  # a file of a version, by its name
REPAIR = (
    "Restore this folder of the model store from a backup, or build a new version with "
    "`jobdash run`."
)


def verify(store: Store, version: str, files: Mapping[str, Seal]) -> None:
    """Reads the files where they are stored, also far away. Raises ModelDamaged and
    ModelIncompatible as `ml.store.load` does, and ModelOutOfReach."""
    if isinstance(store, RemoteStore):
        opened = partial(store.opened, place_of(version))
    else:
        opened = files_in(folder_of(store, version))
    check_files(opened, version, files)
    manifest_of(opened, version)


def remove(store: Store, version: str) -> None:
    """Deletes a version; one that is not there is fine. Who has it loaded keeps it.

    Raises ModelOutOfReach.
    """
    if isinstance(store, RemoteStore):
        store.remove(place_of(version))
    else:
        clear(folder_of(store, version))


def place_of(version: str) -> str:
    return f"tfidf/{checked(version)}"


def folder_of(store: Store, version: str) -> Path:
    """On this machine, where also what lies far away is written first and loaded from."""
    root = store.folder if isinstance(store, RemoteStore) else store
    return root / place_of(version)


def files_in(folder: Path) -> Opened:
    return lambda name: (folder / name).open("rb")


def check_files(opened: Opened, version: str, files: Mapping[str, Seal]) -> None:
    if set(files) != set(FILES):
        raise ModelDamaged(
            f"The record of model {version} names the files {sorted(files)} instead of "
            f"{sorted(FILES)}, as one of another release does. {REPAIR}"
        )
    found = seals_of(opened)
    for name in FILES:
        if found[name] is None:
            raise ModelDamaged(f"{name} of model {version} is missing. {REPAIR}")
        if found[name] != files[name]:
            raise ModelDamaged(f"{name} of model {version} is not the file written. {REPAIR}")


def manifest_of(opened: Opened, version: str) -> Manifest:
    with opened(MANIFEST) as file:
        manifest = Manifest.from_json(file.read())
    theirs, ours = manifest.libraries["scikit-learn"], LIBRARIES["scikit-learn"]
    if theirs != ours:
        raise ModelIncompatible(
            f"Model {version} was written with scikit-learn {theirs}, but {ours} is installed. "
            "Install that version, or build a new model with `jobdash run`."
        )
    return manifest


def clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def seals_of(opened: Opened) -> dict[str, Seal | None]:
    """Of all files, None for one that is not there; read side by side, which is most of the time that
    loading takes."""
    with ThreadPoolExecutor(len(FILES)) as pool:
        return dict(zip(FILES, pool.map(partial(_seal, opened), FILES), strict=True))


def _seal(opened: Opened, name: str) -> Seal | None:
    try:
        with opened(name) as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            return {"sha256": sha256, "bytes": file.tell()}
    except FileNotFoundError:
        return None
