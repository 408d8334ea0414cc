"""`jobdash backup run`: what is there afterwards, also after a kill, and what goes."""

import signal
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from backup.backed_up import BackedUp, copy_of, damage
from s3 import s3_with

from core.database import connect
from core.errors import BackupFailed
from pipeline.backup.hashes import hashes
from pipeline.backup.offsite import copy_weekly
from pipeline.backup.restore import restore
from pipeline.backup.retention import forget_old
from pipeline.backup.store import BackupStore
from pipeline.backup.tools import tools_for
from pipeline.backup.verify import faults_of, faults_of_wal
from pipeline.backup.wal import segments

WITHIN_S = 180


def test_a_kill_leaves_nothing_that_is_listed_as_whole(bare: BackedUp):
    command = bare.jobdash("backup", "run")
    deadline = time.monotonic() + WITHIN_S
    while not list((bare.store.folder / "base").glob(".*.writing")):
        assert time.monotonic() < deadline
        assert command.poll() is None
        time.sleep(0.002)
    command.send_signal(signal.SIGKILL)
    command.communicate()
    assert bare.store.backups() == []
    listed = bare.jobdash("backup", "list")
    assert "No backup" in listed.communicate(timeout=WITHIN_S)[0]

    backup = bare.back_up()
    assert [path.name for path in (bare.store.folder / "base").iterdir()] == [backup.stamp]


def test_wal_is_received_as_it_is_written(bare: BackedUp):
    bare.back_up()
    receiver = bare.jobdash("backup", "wal")
    try:
        assert "WAL           is received into" in receiver.stdout.readline()
        deadline = time.monotonic() + WITHIN_S
        statement = "select count(*) from pg_replication_slots where active"
        while not bare.value(statement):
            assert time.monotonic() < deadline
        behind = "select pg_current_wal_flush_lsn() - restart_lsn from pg_replication_slots"
        bare.query("create table written as select generate_series(1, 1000)")
        while bare.value(behind) > 0:
            assert time.monotonic() < deadline
        backup = bare.back_up()
        assert backup.end_lsn
    finally:
        receiver.send_signal(signal.SIGTERM)
        receiver.communicate(timeout=WITHIN_S)


def test_old_backups_go_with_their_wal_and_the_newest_stays(between, tmp_path: Path):
    store = copy_of(between.house.store, tmp_path / "backups")
    first, newest = store.backups()
    tools, later = tools_for(newest.server_version), newest.began_at + timedelta(days=100)
    before = {path.name for path in segments(store.wal(newest.wal))}
    assert forget_old(tools, store, first.began_at + timedelta(days=29)) == []
    assert all(backup.redis is None for backup in store.backups())
    assert list((store.folder / "redis").iterdir()) == []

    assert forget_old(tools, store, later) == [first.stamp]
    assert [backup.stamp for backup in store.backups()] == [newest.stamp]
    assert [path.name for path in (store.folder / "base").iterdir()] == [newest.stamp]
    assert {path.name for path in segments(store.wal(newest.wal))} < before
    assert set(newest.models) == {path.name for path in (store.models / "tfidf").iterdir()}
    assert forget_old(tools, store, later) == []


def test_a_model_that_is_damaged_in_its_store_stops_a_backup(between, tmp_path: Path):
    house, store = between.house, tmp_path / "models"
    settings = house.backup_settings()
    copy = BackedUp(house.database_url, house.redis_url, tmp_path)
    copy_of(BackupStore(Path(settings.store_address)), store)
    version, _ = house.model()
    damage(store / "tfidf" / version / "weights.joblib")
    with pytest.raises(BackupFailed, match=f"weights.joblib of model {version} is not the file"):
        copy.back_up()
    assert copy.store.backups() == []


def test_metrics_tell_the_newest_backup(between):
    text = (between.house.store.folder / "metrics" / "jobdash.prom").read_text()
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    newest = between.house.store.backups()[-1]
    moment = float(values["jobdash_backup_last_success_timestamp_seconds"])
    assert moment == pytest.approx(newest.written_at.timestamp())
    assert float(values['jobdash_backup_size_bytes{kind="base"}']) == newest.base_bytes
    assert float(values['jobdash_backup_size_bytes{kind="wal"}']) > 0


@pytest.fixture
def s3(monkeypatch):
    with s3_with("elsewhere", monkeypatch):
        yield "s3://elsewhere/jobdash"


@pytest.mark.parametrize("place", ["folder", "s3"])
def test_once_a_week_the_newest_goes_offsite_whole(between, tmp_path: Path, s3, place):
    address = s3 if place == "s3" else str(tmp_path / "far")
    settings = between.house.backup_settings().model_copy(update={"backup_offsite": address})
    told = []
    assert copy_weekly(settings, told.append)
    assert not copy_weekly(settings, told.append)
    newest = between.house.store.backups()[-1]
    (line,) = told
    assert line.startswith(f"offsite       {newest.stamp} copied to {address}")
    if place == "s3":
        return
    far = BackupStore(tmp_path / "far" / newest.stamp)
    assert [backup.stamp for backup in far.backups()] == [newest.stamp]
    assert [*faults_of(far, newest), *faults_of_wal(far, [newest])] == []
    restored = restore(far, newest.hashed_at, between.house.folder / "from-far", told.append)
    try:
        with closing(connect(restored.dsn)) as connection:
            assert hashes(connection) == newest.hashes
    finally:
        restored.recovery.stop()
