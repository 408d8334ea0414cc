"""The model store: `<store>/tfidf/<version>/` with five files, written whole or not at all.

It is a folder, or a place in S3 (`ml.remote.open_store`), of which a folder has copies.

joblib is pickle, so a file may run code when it is loaded. `write` returns the sha256 of every
file for a place that is trusted (ops.model_versions), and `load` opens none that differs.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import joblib

from ml.errors import ModelOutOfReach
from ml.index import Index
from ml.model import Model
from ml.remote import RemoteStore, Store
from ml.sealed import (
    ADS,
    FILES,
    MANIFEST,
    MATRIX,
    VECTORIZER,
    WEIGHTS,
    Seal,
    check_files,
    clear,
    files_in,
    folder_of,
    manifest_of,
    place_of,
    seals_of,
)  # fmt: skip


def write(model: Model, store: Store, version: str) -> dict[str, Seal]:
    """Each file's sha256 and bytes, once all of them are stored under their final name.

    Whatever a killed build left under this version is replaced, so pass a version that is not
    served. Uncompressed, so that the matrix can be mapped. Raises ModelOutOfReach.
    """
    folder = folder_of(store, version)
    aside = folder.with_name(f".{version}.writing")
    try:
        files = _write_aside(model, aside, version)
        clear(folder)
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
        store.send(place_of(version), FILES)
    return files


def _write_aside(model: Model, aside: Path, version: str) -> dict[str, Seal]:
    clear(aside)
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
    files = seals_of(files_in(aside))
    _sync(aside)
    return files


def load(store: Store, version: str, files: Mapping[str, Seal]) -> Model:
    """The model, its matrix mapped from the file so that processes share it.

    `files` is what `write` returned. Raises ModelDamaged when a file is missing or another one,
    ModelIncompatible when another scikit-learn wrote it, ModelOutOfReach when the store does not
    answer; none unpickles anything.
    """
    folder = folder_of(store, version)

    def check(copy: Path) -> None:
        check_files(files_in(copy), version, files)

    if isinstance(store, RemoteStore):
        store.fetch(place_of(version), FILES, check)
    else:
        check(folder)
    manifest = manifest_of(files_in(folder), version)
    vectorizer, matrix, weights, ads = (
        joblib.load(folder / name, mmap_mode="r") for name in (VECTORIZER, MATRIX, WEIGHTS, ADS)
    )
    matrix["matrix"].data = weights
    return Model(vectorizer, Index(**matrix), ads["said"], ads["facts"], manifest)


def _write_file(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    with path.open("xb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
