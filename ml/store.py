"""The model store: `<store>/tfidf/<version>/` with five files, written whole or not at all.

It is a folder, or a place in S3 (`ml.remote.open_store`), of which a folder has copies.

joblib is pickle, so a file may run code when it is loaded. `write` returns the sha256 of every
file for a place that is trusted (ops.model_versions), and `load` opens none that differs.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import joblib

from ml.errors import ModelDamaged, ModelIncompatible, ModelOutOfReach
from ml.index import Index
from ml.manifest import LIBRARIES, Manifest
from ml.model import Model
from ml.remote import RemoteStore, Store
from ml.versions import checked, version_name

__all__ = ["FILES", "load", "remove", "verify", "version_name", "write"]

VECTORIZER, MATRIX, WEIGHTS, ADS, MANIFEST = FILES = (
    *("vectorizer.joblib", "matrix.joblib", "weights.joblib", "ads.joblib", "manifest.json"),
)
Seal = Mapping[str, str | int]  # of a file: sha256 and bytes
Opened = Callable[[str], AbstractContextManager[BinaryIO]]  # a file of a version, by its name
REPAIR = (
    "Restore this folder of the model store from a backup, or build a new version with "
    "`jobdash run`."
)


def write(model: Model, store: Store, version: str) -> dict[str, Seal]:
    """Each file's sha256 and bytes, once all of them are stored under their final name.

    Whatever a killed build left under this version is replaced, so pass a version that is not
    served. Uncompressed, so that the matrix can be mapped. Raises ModelOutOfReach.
    """
    folder = _folder(store, version)
    aside = folder.with_name(f".{version}.writing")
    try:
        files = _write_aside(model, aside, version)
        _clear(folder)
        aside.rename(folder)
        _sync(folder.parent)
        _sync(folder.parent.parent)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise ModelOutOfReach(
            f"Model {version} cannot be written to {folder.parent}: {error.strerror or error}. Nothing "
            "of it is kept. Make room there or change MODEL_STORE, and run the same command again."
        ) from None
    if isinstance(store, RemoteStore):
        store.send(_place(version), FILES)
    return files


def _write_aside(model: Model, aside: Path, version: str) -> dict[str, Seal]:
    _clear(aside)
    aside.mkdir(parents=True)
    manifest = replace(model.manifest, version=version).to_json().encode()
    # the weights of the matrix are half of its bytes: a file of their own is hashed beside the rest
    postings, weights = copy(model.index.postings), model.index.postings.data
    postings.data = weights[:0]
    matrix = {"matrix": postings, "ids": model.index.ids}
    ads = {"said": model.said, "facts": model.facts}
    _write_file(aside / VECTORIZER, lambda file: joblib.dump(model.vectorizer, file))
    _write_file(aside / MATRIX, lambda file: joblib.dump(matrix, file))
    _write_file(aside / WEIGHTS, lambda file: joblib.dump(weights, file))
    _write_file(aside / ADS, lambda file: joblib.dump(ads, file))
    _write_file(aside / MANIFEST, lambda file: file.write(manifest))
    files = _seals(_files_in(aside))
    _sync(aside)
    return files


def load(store: Store, version: str, files: Mapping[str, Seal]) -> Model:
    """The model, its matrix mapped from the file so that processes share it.

    `files` is what `write` returned. Raises ModelDamaged when a file is missing or another one,
    ModelIncompatible when another scikit-learn wrote it, ModelOutOfReach when the store does not
    answer; none unpickles anything.
    """
    folder = _folder(store, version)

    def check(copy: Path) -> None:
        _check_files(_files_in(copy), version, files)

    if isinstance(store, RemoteStore):
        store.fetch(_place(version), FILES, check)
    else:
        check(folder)
    manifest = _manifest(_files_in(folder), version)
    vectorizer, matrix, weights, ads = (
        joblib.load(folder / name, mmap_mode="r") for name in (VECTORIZER, MATRIX, WEIGHTS, ADS)
    )
    matrix["matrix"].data = weights
    return Model(vectorizer, Index(**matrix), ads["said"], ads["facts"], manifest)


def verify(store: Store, version: str, files: Mapping[str, Seal]) -> None:
    """Reads the files where they are stored, also far away. Raises what `load` does."""
    if isinstance(store, RemoteStore):
        opened = partial(store.opened, _place(version))
    else:
        opened = _files_in(_folder(store, version))
    _check_files(opened, version, files)
    _manifest(opened, version)


def remove(store: Store, version: str) -> None:
    """Deletes a version; one that is not there is fine. Who has it loaded keeps it.

    Raises ModelOutOfReach.
    """
    if isinstance(store, RemoteStore):
        store.remove(_place(version))
    else:
        _clear(_folder(store, version))


def _place(version: str) -> str:
    return f"tfidf/{checked(version)}"


def _folder(store: Store, version: str) -> Path:
    """On this machine, where also what lies far away is written first and loaded from."""
    root = store.folder if isinstance(store, RemoteStore) else store
    return root / _place(version)


def _files_in(folder: Path) -> Opened:
    return lambda name: (folder / name).open("rb")


def _check_files(opened: Opened, version: str, files: Mapping[str, Seal]) -> None:
    if set(files) != set(FILES):
        raise ModelDamaged(
            f"The record of model {version} names the files {sorted(files)} instead of "
            f"{sorted(FILES)}, as one of another release does. {REPAIR}"
        )
    found = _seals(opened)
    for name in FILES:
        if found[name] is None:
            raise ModelDamaged(f"{name} of model {version} is missing. {REPAIR}")
        if found[name] != files[name]:
            raise ModelDamaged(f"{name} of model {version} is not the file written. {REPAIR}")


def _manifest(opened: Opened, version: str) -> Manifest:
    with opened(MANIFEST) as file:
        manifest = Manifest.from_json(file.read())
    theirs, ours = manifest.libraries["scikit-learn"], LIBRARIES["scikit-learn"]
    if theirs != ours:
        raise ModelIncompatible(
            f"Model {version} was written with scikit-learn {theirs}, but {ours} is installed. "
            "Install that version, or build a new model with `jobdash run`."
        )
    return manifest


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _write_file(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    with path.open("xb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _seals(opened: Opened) -> dict[str, Seal | None]:
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


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
