"""The model store: `<root>/tfidf/<version>/` with three files, written whole or not at all.

joblib is pickle, so a file may run code when it is loaded. `write` returns the sha256 of every
file for a place that is trusted (ops.model_versions), and `load` opens none that differs.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import joblib

from ml.errors import ModelDamaged, ModelIncompatible
from ml.index import Index
from ml.manifest import LIBRARIES, Manifest
from ml.model import Model
from ml.versions import checked, version_name

__all__ = ["FILES", "load", "remove", "version_name", "write"]

VECTORIZER, MATRIX, MANIFEST = FILES = ("vectorizer.joblib", "matrix.joblib", "manifest.json")
REPAIR = (
    "Restore this folder of the model store from a backup, or build a new version with "
    "`jobdash run`."
)


def write(model: Model, root: Path, version: str) -> dict[str, dict[str, str | int]]:
    """Each file's sha256 and bytes, once all of them are on the disk under their final name.

    Whatever a killed build left under this version is replaced, so pass a version that is not
    served. Uncompressed, so that the matrix can be mapped.
    """
    folder = _folder(root, version)
    aside = folder.with_name(f".{version}.writing")
    _clear(aside)
    aside.mkdir(parents=True)
    manifest = replace(model.manifest, version=version).to_json().encode()
    parts = {"postings": model.index.postings, "ids": model.index.ids, "facts": model.facts}
    _write_file(aside / VECTORIZER, lambda file: joblib.dump(model.vectorizer, file))
    _write_file(aside / MATRIX, lambda file: joblib.dump(parts, file))
    _write_file(aside / MANIFEST, lambda file: file.write(manifest))
    files = {name: _seal(aside / name) for name in FILES}
    _sync(aside)
    _clear(folder)
    aside.rename(folder)
    _sync(folder.parent)
    _sync(root)
    return files


def load(root: Path, version: str, files: Mapping[str, Mapping[str, str | int]]) -> Model:
    """The model, its matrix mapped from the file so that processes share it.

    `files` is what `write` returned. Raises ModelDamaged when a file is missing or another one,
    ModelIncompatible when another scikit-learn wrote it; neither unpickles anything.
    """
    folder = _folder(root, version)
    if set(files) != set(FILES):
        raise ModelDamaged(
            f"The record of model {version} names the files {sorted(files)} instead of "
            f"{sorted(FILES)}. {REPAIR}"
        )
    for name in FILES:
        if not (folder / name).is_file():
            raise ModelDamaged(f"{name} of model {version} is missing. {REPAIR}")
        if _seal(folder / name) != files[name]:
            raise ModelDamaged(f"{name} of model {version} is not the file written. {REPAIR}")
    manifest = Manifest.from_json((folder / MANIFEST).read_bytes())
    theirs, ours = manifest.libraries["scikit-learn"], LIBRARIES["scikit-learn"]
    if theirs != ours:
        raise ModelIncompatible(
            f"Model {version} was written with scikit-learn {theirs}, but {ours} is installed. "
            "Install that version, or build a new model with `jobdash run`."
        )
    parts = joblib.load(folder / MATRIX, mmap_mode="r")
    index = Index(parts["postings"], parts["ids"])
    return Model(joblib.load(folder / VECTORIZER), index, parts["facts"], manifest)


def remove(root: Path, version: str) -> None:
    """Deletes a version; one that is not there is fine. Who has it loaded keeps it."""
    _clear(_folder(root, version))


def _folder(root: Path, version: str) -> Path:
    return root / "tfidf" / checked(version)


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _write_file(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    with path.open("xb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _seal(path: Path) -> dict[str, str | int]:
    with path.open("rb") as file:
        return {
            "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
            "bytes": path.stat().st_size,
        }


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
