"""What is not whole is noticed, each on a copy of backups that are."""

from pathlib import Path

import pytest
from backup.backed_up import copy_of, damage

from pipeline.backup.store import BackupStore
from pipeline.backup.verify import faults_of, faults_of_wal
from pipeline.backup.wal import segments


@pytest.fixture
def store(between, tmp_path: Path) -> BackupStore:
    return copy_of(between.house.store, tmp_path / "backups")


def faults(store: BackupStore) -> list[str]:
    backups = store.backups()
    return [
        *(fault for backup in backups for fault in faults_of(store, backup)),
        *faults_of_wal(store, backups),
    ]


def test_what_is_whole_has_no_fault_and_is_recorded_as_verified(store):
    before = store.backups()[0].verified_at
    assert faults(store) == []
    assert store.backups()[0].verified_at > before


def test_a_damaged_file_of_a_base_is_noticed(store):
    stamp = store.backups()[0].stamp
    relation = max(
        (store.base(stamp) / "base").rglob("[0-9]*"), key=lambda path: path.stat().st_size
    )
    damage(relation)
    (fault,) = faults(store)
    assert fault.startswith(f"base {stamp}: pg_verifybackup failed")
    assert relation.name in fault


def test_a_missing_segment_of_wal_is_noticed_by_its_name(store):
    newest = store.backups()[-1]
    lost = segments(store.wal(newest.wal))[1]
    lost.unlink()
    assert faults(store) == [f"WAL {newest.wal}: {lost.name} is missing"]


def test_wal_that_ends_too_early_is_noticed(store):
    newest = store.backups()[-1]
    for path in store.wal(newest.wal).iterdir():
        if path.name > segments(store.wal(newest.wal))[1].name:
            path.unlink()
    (fault,) = faults(store)
    assert fault.endswith(("is missing", "are missing"))


def test_damaged_and_cut_wal_is_noticed(store):
    newest = store.backups()[-1]
    some = segments(store.wal(newest.wal))[1]
    damage(some, at=10_000)  # the end may be empty
    (fault,) = faults(store)
    assert "pg_waldump failed" in fault
    with some.open("r+b") as file:
        file.truncate(1_000)
    assert faults(store) == [
        f"WAL {newest.wal}: {some.name} has not the {newest.segment_bytes:,} bytes of a segment"
    ]


def test_a_damaged_model_is_noticed(store):
    version = next(iter(store.backups()[0].models))
    damage(store.models / "tfidf" / version / "matrix.joblib")
    assert {fault.split(" (")[0] for fault in faults(store)} == {f"model {version}"}


@pytest.mark.parametrize("kind", ["dump", "redis"])
def test_a_damaged_dump_and_snapshot_are_noticed(store, kind):
    stamp = store.backups()[-1].stamp
    path = getattr(store, kind)(stamp)
    damage(path)
    assert faults(store) == [f"{kind} {stamp}: {path.name} is not the file that was written"]


def test_the_command_tells_each_fault_and_ends_with_a_code(between, store):
    store.dump(store.backups()[0].stamp).unlink()
    command = between.house.jobdash("backup", "verify", BACKUP_STORE=str(store.folder))
    output, errors = command.communicate(timeout=120)
    assert command.returncode == 11
    assert f"dump {store.backups()[0].stamp}: " in errors
    assert "WAL: without gaps" in output
