"""The model store: whole or not at all; only what the record vouches for is unpickled."""

import hashlib
import json
import pickle
import pickletools
import resource
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import joblib
import numpy as np
import pytest
from made_ads import made_ads

from ml.errors import BadVersion, ModelDamaged, ModelIncompatible, ModelOutOfReach, ModelUnusable
from ml.model import Asked, build
from ml.sealed import FILES, remove, verify
from ml.store import load, write

VERSION = "tfidf_v20260108"
ADS = list(made_ads(60))
MODEL = build(ADS, batch_id=7, created=datetime(2026, 1, 8, tzinfo=UTC))


@pytest.fixture
def files(tmp_path):
    return write(MODEL, tmp_path, VERSION)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "tfidf" / VERSION


class Bomb:
    """Leaves a file where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_a_loaded_model_answers_like_the_one_written(tmp_path, files):
    loaded = load(tmp_path, VERSION, json.loads(json.dumps(files)))
    for ad in ADS[:10]:
        answer = loaded.similar(ad, Asked(5), exclude=[ad.job_id])
        assert answer == MODEL.similar(ad, Asked(5), exclude=[ad.job_id])
        assert len(answer.matches) == 5
        assert loaded.search(ad.title, Asked(5)) == MODEL.search(ad.title, Asked(5))
    assert loaded.manifest == replace(MODEL.manifest, version=VERSION)


def test_the_record_describes_what_lies_on_the_disk(folder, files):
    assert set(files) == set(FILES) == {path.name for path in folder.iterdir()}
    for name, described in files.items():
        content = (folder / name).read_bytes()
        assert described == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def test_processes_share_the_matrix(tmp_path, files):
    model = load(tmp_path, VERSION, files)
    index, facts = model.index, model.facts
    postings = index.postings.data, index.postings.indices, index.postings.indptr
    for array in (*postings, index.ids, facts.codes, facts.titles.values, model.said.values):
        assert isinstance(array if isinstance(array, np.memmap) else array.base, np.memmap)
        assert not array.flags.writeable


def test_the_vectorizer_file_names_no_code_but_the_expected(folder, files):
    content = pickle.dumps(joblib.load(folder / "vectorizer.joblib"), protocol=2)
    named = {arg for op, arg, _ in pickletools.genops(content) if op.name == "GLOBAL"}
    of_ours = {name for name in named if not name.startswith(("sklearn.", "numpy"))}
    assert of_ours == {
        "_codecs encode",
        "ml.repeated Repeated",
        "ml.vectorizer Vectorizer",
        "ml.vocabulary Vocabulary",
        "scipy.sparse._csr csr_array",
    }


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["changed", "cut", "missing"])
def test_any_damage_is_found_before_anything_is_unpickled(tmp_path, folder, files, name, damage):
    mark = tmp_path / "unpickled"
    for other in ("vectorizer.joblib", "matrix.joblib", "ads.joblib"):
        # Bombs that the record vouches for: only the damaged file may be the reason to stop.
        joblib.dump(Bomb(mark), folder / other)
        content = (folder / other).read_bytes()
        files[other] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    path = folder / name
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(content[:-1] + (b"" if damage == "cut" else bytes([content[-1] ^ 1])))
    with pytest.raises(ModelDamaged) as raised:
        load(tmp_path, VERSION, files)
    with pytest.raises(ModelDamaged, match=name):
        verify(tmp_path, VERSION, files)
    message = str(raised.value)
    assert name in message
    assert VERSION in message
    assert "jobdash run" in message
    assert not mark.exists()


def test_a_missing_version_is_damage(tmp_path, files):
    remove(tmp_path, VERSION)
    with pytest.raises(ModelDamaged, match=VERSION):
        load(tmp_path, VERSION, files)


def test_a_record_that_leaves_a_file_out_vouches_for_nothing(tmp_path, files):
    del files["vectorizer.joblib"]
    with pytest.raises(
        ModelDamaged, match=r"names the files \['ads.joblib', 'manifest.json', 'matrix"
    ):
        load(tmp_path, VERSION, files)


def test_a_model_of_another_scikit_learn_is_refused(tmp_path):
    mark = tmp_path / "unpickled"
    libraries = {**MODEL.manifest.libraries, "scikit-learn": "0.24.2"}
    older = replace(
        MODEL, vectorizer=Bomb(mark), manifest=replace(MODEL.manifest, libraries=libraries)
    )
    files = write(older, tmp_path, VERSION)
    for act in (load, verify):
        with pytest.raises(ModelIncompatible, match=r"scikit-learn 0\.24\.2, but .* is installed"):
            act(tmp_path, VERSION, files)
    assert not mark.exists()
    assert issubclass(ModelIncompatible, ModelUnusable)


def test_what_a_killed_build_left_is_replaced(tmp_path, folder, files):
    (folder / "matrix.joblib").write_bytes(b"half")
    (folder / "left_over").touch()
    aside = tmp_path / "tfidf" / f".{VERSION}.writing"
    aside.mkdir()
    (aside / "vectorizer.joblib").write_bytes(b"half")
    assert write(MODEL, tmp_path, VERSION) == files
    assert load(tmp_path, VERSION, files).similar(ADS[0], Asked(1))
    assert [path.name for path in (tmp_path / "tfidf").iterdir()] == [VERSION]
    assert {path.name for path in folder.iterdir()} == set(FILES)


def test_a_build_that_fails_while_it_writes_changes_nothing(tmp_path, files):
    with pytest.raises((pickle.PicklingError, AttributeError)):
        write(replace(MODEL, vectorizer=lambda text: text), tmp_path, VERSION)
    assert load(tmp_path, VERSION, files).manifest.ads == len(ADS)


def test_a_disk_without_room_is_told_and_gets_its_room_back(tmp_path, files):
    with largest_file(5_000):
        with pytest.raises(ModelOutOfReach, match="Make room there") as raised:
            write(MODEL, tmp_path, "tfidf_v20260109")
    assert "tfidf_v20260109" in str(raised.value)
    assert [path.name for path in (tmp_path / "tfidf").iterdir()] == [VERSION]
    assert write(MODEL, tmp_path, "tfidf_v20260109").keys() == files.keys()


@contextmanager
def largest_file(size: int):
    """As a full disk does it: the file that is written grows so far and no further."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_who_has_a_model_loaded_keeps_it_when_it_is_removed(tmp_path, folder, files):
    loaded = load(tmp_path, VERSION, files)
    remove(tmp_path, VERSION)
    assert not folder.exists()
    assert loaded.similar(ADS[0], Asked(3)) == MODEL.similar(ADS[0], Asked(3))
    remove(tmp_path, VERSION)


def test_nothing_outside_the_store_is_touched(tmp_path):
    outside = tmp_path / "tfidf_v20260101"
    outside.mkdir()
    for act in (
        lambda name: write(MODEL, tmp_path, name),
        lambda name: load(tmp_path, name, {}),
        lambda name: verify(tmp_path, name, {}),
        lambda name: remove(tmp_path, name),
    ):
        with pytest.raises(BadVersion):
            act("../tfidf_v20260101")
    assert [path.name for path in tmp_path.iterdir()] == ["tfidf_v20260101"]
