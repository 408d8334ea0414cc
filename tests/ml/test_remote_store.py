"""The model store in S3, spoken to over HTTP: moto's server keeps Amazon's contract."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier

import boto3
import joblib
import numpy as np
import pytest
from houses import House
from made_ads import made_ads
from psycopg2.extras import Json
from s3 import KEY, S3, SECRET, s3_with

from core.errors import SettingsError
from core.paths import ROOT
from core.settings import Settings
from ml import remote
from ml.errors import ModelDamaged, ModelOutOfReach
from ml.model import Asked, build
from ml.remote import COPIES_KEPT, RemoteStore, open_store
from ml.sealed import FILES, remove, verify
from ml.store import load, write
from serve.models import LoadedModels

BUCKET, PLACE = "jobdash", "warehouse"
ADDRESS = f"s3://{BUCKET}/{PLACE}"
VERSION, LATER = "tfidf_v20260108", "tfidf_v20260109"
ADS = list(made_ads(60))
MODEL = build(ADS, batch_id=7, created=datetime(2026, 1, 8, tzinfo=UTC))


@pytest.fixture
def server(monkeypatch) -> Iterator[S3]:
    with s3_with(BUCKET, monkeypatch) as server:
        yield server


@pytest.fixture
def store(server, tmp_path) -> RemoteStore:
    """As the machine that learns sees it."""
    return machine(tmp_path / "learns")


@pytest.fixture
def other(server, tmp_path) -> RemoteStore:
    """As a machine sees it that serves: without a copy yet."""
    return machine(tmp_path / "serves")


def machine(folder: Path) -> RemoteStore:
    return open_store(Settings(model_store=ADDRESS, local_folder=folder))


def names() -> set[str]:
    listed = boto3.client("s3").list_objects(Bucket=BUCKET).get("Contents", [])
    return {item["Key"] for item in listed if not item["Key"].endswith("/")}


def names_of(*versions: str) -> set[str]:
    return {f"{PLACE}/tfidf/{version}/{name}" for version in versions for name in FILES}


def copies(store: RemoteStore) -> set[str]:
    return {path.name for path in (store.folder / "tfidf").iterdir()}


def put(name: str, content: bytes) -> None:
    boto3.client("s3").put_object(
        Bucket=BUCKET, Key=f"{PLACE}/tfidf/{VERSION}/{name}", Body=content
    )


def delete(name: str) -> None:
    boto3.client("s3").delete_object(Bucket=BUCKET, Key=f"{PLACE}/tfidf/{VERSION}/{name}")


def test_another_machine_answers_as_the_one_that_wrote_it(store, other):
    files = write(MODEL, store, VERSION)
    assert names() == names_of(VERSION)
    loaded = load(other, VERSION, files)
    assert loaded.manifest == replace(MODEL.manifest, version=VERSION)
    for ad in ADS[:10]:
        assert loaded.search(ad.title, Asked(5)) == MODEL.search(ad.title, Asked(5))
    assert isinstance(loaded.index.postings.data, np.memmap)
    assert copies(store) == copies(other) == {VERSION}


def test_who_has_a_copy_asks_nobody(store, other, server):
    files = write(MODEL, store, VERSION)
    load(other, VERSION, files)
    server.stop()
    for known in (store, other):
        assert load(known, VERSION, files).search(ADS[0].title, Asked(1)).matches


def load_at_once(folder: Path, files: dict, both: "Barrier") -> tuple[int, list[str]]:
    """How many files this process fetched, and how the model answers."""
    fetched, opened = [], RemoteStore.opened
    RemoteStore.opened = lambda *told: fetched.append(told) or opened(*told)
    both.wait(timeout=60)
    answer = load(machine(folder), VERSION, files).search(ADS[0].title, Asked(3))
    return len(fetched), [str(match.job_id) for match in answer.matches]


def test_processes_that_want_the_same_version_fetch_it_once(store, tmp_path):
    files = write(MODEL, store, VERSION)
    context = get_context("spawn")  # pyarrow's threads do not come through a fork
    with context.Manager() as manager, context.Pool(3) as pool:
        both = manager.Barrier(3)
        told = pool.starmap(load_at_once, [(tmp_path / "serves", files, both)] * 3)
    assert sorted(fetched for fetched, _ in told) == [0, 0, len(FILES)]
    right = [str(match.job_id) for match in MODEL.search(ADS[0].title, Asked(3)).matches]
    assert [answer for _, answer in told] == [right] * 3


def test_threads_that_want_the_same_version_get_it_whole(store, other):
    files = write(MODEL, store, VERSION)
    with ThreadPoolExecutor(4) as threads:
        loaded = list(threads.map(lambda _: load(other, VERSION, files), range(4)))
    assert {model.manifest.version for model in loaded} == {VERSION}
    assert copies(other) == {VERSION}


class Bomb:
    """Leaves a file where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_refused_before_anything_is_unpickled(store, other, tmp_path, name):
    files = write(MODEL, store, VERSION)
    mark = tmp_path / "unpickled"
    joblib.dump(Bomb(mark), tmp_path / "bomb")
    put(name, (tmp_path / "bomb").read_bytes())
    for act in (load, verify):
        with pytest.raises(
            ModelDamaged, match=f"{name} of model {VERSION} is not the file written"
        ):
            act(other, VERSION, files)
    assert not mark.exists()
    assert copies(other) == set()
    # the copy of the machine that wrote it is whole; what lies in the store is not
    load(store, VERSION, files)
    with pytest.raises(ModelDamaged, match=name):
        verify(store, VERSION, files)
    write(MODEL, store, VERSION)
    assert load(other, VERSION, files).manifest.version == VERSION


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(store, other, name):
    files = write(MODEL, store, VERSION)
    delete(name)
    for act in (load, verify):
        with pytest.raises(
            ModelDamaged, match=f"{name} of model {VERSION} is missing.*jobdash run"
        ):
            act(other, VERSION, files)
    assert copies(other) == set()


def test_a_damaged_copy_is_fetched_again(store, other):
    files = write(MODEL, store, VERSION)
    load(other, VERSION, files)
    matrix = other.folder / "tfidf" / VERSION / "matrix.joblib"
    whole = matrix.read_bytes()
    matrix.write_bytes(whole[:-1] + b"?")
    load(other, VERSION, files)
    assert matrix.read_bytes() == whole


KILLED = """
import os, sys
from pathlib import Path
from ml import remote
from ml.sealed import FILES

def copy(here, there, _):
    if "matrix" in str(there.name if act == "fetch" else here.name):
        there.write(here.read(10_000))
        os._exit(9)
    there.write(here.read())

def check(copy):
    raise remote.ModelDamaged

act, address, folder, place = sys.argv[1:]
remote.shutil.copyfileobj = copy
store = remote.RemoteStore(address, Path(folder))
store.send(place, FILES) if act == "send" else store.fetch(place, FILES, check)
"""


def killed(act: str, store: RemoteStore) -> None:
    """A process of its own that ends without a word when half of the second file is through."""
    told = (act, ADDRESS, str(store.folder), f"tfidf/{VERSION}")
    assert subprocess.run([sys.executable, "-c", KILLED, *told], cwd=ROOT).returncode == 9


def test_a_killed_upload_is_no_version_and_the_next_one_completes_it(store, other):
    files = write(MODEL, store, VERSION)
    killed("send", store)
    assert names() == {f"{PLACE}/tfidf/{VERSION}/vectorizer.joblib"}
    with pytest.raises(ModelDamaged, match="matrix.joblib .* is missing"):
        verify(store, VERSION, files)
    assert write(MODEL, store, VERSION) == files
    assert names() == names_of(VERSION)
    verify(other, VERSION, files)


def test_what_a_killed_fetch_left_is_cleared_away(store, other):
    files = write(MODEL, store, VERSION)
    killed("fetch", other)
    assert copies(other) == {f".{VERSION}.fetching"}
    later = write(MODEL, store, LATER)
    load(other, LATER, later)
    assert copies(other) == {LATER}
    load(other, VERSION, files)
    assert copies(other) == {VERSION, LATER}


def test_old_copies_make_room_and_going_back_fetches_them_again(store, other):
    days = [f"tfidf_v202601{day:02}" for day in range(1, COPIES_KEPT + 3)]
    files = {day: write(MODEL, store, day) for day in days}
    first = load(other, days[0], files[days[0]])
    for day in days[1:]:
        load(other, day, files[day])
    assert copies(store) == copies(other) == set(days[-COPIES_KEPT:])
    assert names() == names_of(*days)
    assert first.search(ADS[0].title, Asked(3)) == MODEL.search(ADS[0].title, Asked(3))
    load(other, days[0], files[days[0]])
    assert copies(other) == {days[0], *days[1 - COPIES_KEPT :]}


def test_a_removed_version_is_gone_here_and_far_away(store, other):
    files = {version: write(MODEL, store, version) for version in (VERSION, LATER)}
    loaded = load(other, VERSION, files[VERSION])
    remove(other, VERSION)
    assert names() == names_of(LATER)
    assert copies(other) == set()
    assert loaded.search(ADS[0].title, Asked(3)) == MODEL.search(ADS[0].title, Asked(3))
    remove(other, VERSION)
    with pytest.raises(ModelDamaged, match="is missing"):
        load(other, VERSION, files[VERSION])


ACTS = (
    lambda store, files: load(store, VERSION, files),
    lambda store, files: verify(store, VERSION, files),
    lambda store, files: remove(store, VERSION),
    lambda store, files: write(MODEL, store, VERSION),  # last: it leaves a copy to load
)


def assert_told(store: RemoteStore, files: dict, why: str) -> None:
    for act in ACTS:
        with pytest.raises(ModelOutOfReach, match=why) as raised:
            act(store, files)
        message = str(raised.value)
        assert ADDRESS in message
        assert "MODEL_STORE" in message
        assert len(message.splitlines()) == 1
        assert SECRET not in message
        assert KEY not in message


def test_a_bucket_that_is_gone_is_told(store, other):
    files = write(MODEL, store, VERSION)
    remove(store, VERSION)
    s3 = boto3.resource("s3").Bucket(BUCKET)
    s3.objects.all().delete()
    s3.delete()
    assert_told(other, files, f"there is no bucket {BUCKET}|NO_SUCH_BUCKET")


def test_keys_without_rights_are_told(store, other, server):
    files = write(MODEL, store, VERSION)
    server.tell("reset-auth", "0")
    try:
        assert_told(other, files, "ACCESS_DENIED|INVALID_ACCESS_KEY_ID|HTTP status 403")
    finally:
        server.tell("reset-auth", "inf")


def test_a_server_that_is_gone_is_told(store, other, server):
    files = write(MODEL, store, VERSION)
    server.stop()
    assert_told(other, files, "NETWORK_CONNECTION")


def test_a_folder_without_room_is_told_and_left_as_it_was(store, other, monkeypatch):
    files = write(MODEL, store, VERSION)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(remote.shutil, "copyfileobj", full)
        with pytest.raises(ModelOutOfReach, match="No space left on device") as raised:
            load(other, VERSION, files)
    assert str(other.folder) in str(raised.value)
    load(other, VERSION, files)


class Record:
    """In place of a reading and its cursor on `ops.model_versions`."""

    def __init__(self, files: dict):
        self.files = files
        self.asked = 0

    @property
    def cursor(self) -> "Record":
        return self

    def execute(self, *_: object) -> None:
        self.asked += 1

    def fetchone(self) -> dict:
        return {"files": self.files}


def test_a_loaded_version_answers_while_the_store_is_gone(store, other, server):
    files = write(MODEL, store, VERSION)
    models, record = LoadedModels(other), Record(files)
    loaded = models.get(VERSION, record)
    server.stop()
    with pytest.raises(ModelOutOfReach):
        models.get(LATER, record)
    assert models.get(VERSION, record) is loaded
    # for some seconds the store is not asked again: a request would wait for nothing
    asked = record.asked
    with pytest.raises(ModelOutOfReach, match="NETWORK_CONNECTION"):
        models.get(LATER, record)
    assert record.asked == asked


def test_a_store_that_is_back_is_asked_again(store, other, server, monkeypatch):
    monkeypatch.setattr("serve.models.ASKED_AGAIN_AFTER_S", 0)
    files = write(MODEL, store, VERSION)
    models, record = LoadedModels(other), Record(files)
    with monkeypatch.context() as patched:
        patched.setattr(RemoteStore, "_bucket", "elsewhere")
        patched.setattr(RemoteStore, "_path", lambda *_: "elsewhere/nothing")
        with pytest.raises(ModelOutOfReach, match="there is no bucket elsewhere"):
            models.get(VERSION, record)
    assert models.get(VERSION, record).manifest.version == VERSION


@pytest.mark.parametrize(
    "address",
    [
        f"s3://{KEY}:{SECRET}@jobdash",
        f"s3://jobdash?secret_key={SECRET}",
        f"s3://jobdash/place#{SECRET}",
        "s3:///place",
        "ftp://there",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_secrets(address):
    with pytest.raises(SettingsError, match="^MODEL_STORE: ") as raised:
        open_store(Settings(model_store=address))
    assert SECRET not in str(raised.value)


def test_commands_that_ask_no_store_do_without_pyarrow():
    code = "import sys, pipeline.cli, ml.remote; sys.exit('pyarrow' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_the_command_line_goes_back_verifies_and_prunes(database, redis_url, tmp_path, store):
    house = House(database, redis_url, tmp_path)
    house.query("insert into ops.batches (batch_id, batch_date) values (7, '2026-01-08')")
    for version, status in ((VERSION, "active"), (LATER, "built")):
        house.query(
            "insert into ops.model_versions (version, batch_id, status, files, ads, features,"
            " corpus_sha256) values (%s, 7, %s, %s, 60, 1, '')",
            version, status, Json(write(MODEL, store, version)),
        )  # fmt: skip
    house.query("insert into ops.publication (batch_id, model_version) values (7, %s)", VERSION)

    def models(*arguments: str, **settings: str) -> tuple[int, str]:
        keys = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
        told = {**keys, "MODEL_STORE": ADDRESS, **settings}
        command = house.jobdash("models", *arguments, **told)
        output, errors = command.communicate(timeout=60)
        assert SECRET not in output + errors
        assert "Traceback" not in errors
        return command.returncode, output + errors

    assert models("activate", LATER) == (0, f"{LATER} answers, before it {VERSION}\n")
    put("matrix.joblib", b"something else")
    code, output = models("verify")
    assert code == 1
    assert f"{LATER}: whole" in output
    assert f"{VERSION}: matrix.joblib of model {VERSION} is not the file written." in output
    assert models("activate", VERSION)[0] == 1

    code, output = models("prune", "--keep", "1", AWS_ENDPOINT_URL="http://127.0.0.1:1")
    assert code == 1
    assert output.startswith(f"error: tfidf/{VERSION} of {ADDRESS} cannot be read or written: ")
    assert len(output.splitlines()) == 1
    assert names() == names_of(VERSION, LATER)
    assert models("prune", "--keep", "1")[0] == 0
    assert names() == names_of(LATER)
