"""Back to a moment: on real servers, with real tools."""

import signal
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from backup.backed_up import BackedUp, copy_of, damage

from core.database import connect
from core.errors import BackupFailed, SettingsError
from pipeline.backup.drill import drill
from pipeline.backup.hashes import hashes
from pipeline.backup.recovery import Recovery
from pipeline.backup.restore import restore
from pipeline.backup.store import remove

WITHIN_S = 180


def silent(_: str) -> None:
    pass


@pytest.fixture
def place(between) -> Path:
    """Where PostgreSQL's user may go."""
    folder = between.house.folder / "restored"
    yield folder
    remove(folder)


def test_a_moment_between_two_batches_comes_back_as_it_was(between, place):
    restored = restore(between.house.store, between.moment, place, silent)
    try:
        with closing(connect(restored.dsn)) as connection:
            assert hashes(connection) == between.hashes
            connection.cursor().execute("create table taken (by_writes integer)")
    finally:
        restored.recovery.stop()
    assert between.house.hashes() != between.hashes


def test_a_drill_finds_what_was_backed_up_and_leaves_only_a_record(between):
    house = between.house
    drill(house.backup_settings(), silent)
    metrics = (house.store.folder / "metrics" / "jobdash.prom").read_text()
    assert "jobdash_restore_drill_last_success_timestamp_seconds 1" in metrics
    assert not (house.folder / "restore-drill").exists()


def test_a_drill_tells_a_table_that_is_not_what_it_was(between, tmp_path):
    store = copy_of(between.house.store, tmp_path / "backups")
    newest = store.backups()[-1]
    store.record(newest.model_copy(update={"hashes": {**newest.hashes, "marts.jobs": "1:1"}}))
    settings = between.house.backup_settings().model_copy(update={"backup_folder": store.folder})
    (store.folder / "metrics" / "drill").unlink(missing_ok=True)
    with pytest.raises(BackupFailed, match=r"not as they were backed up: marts\.jobs$"):
        drill(settings, silent)
    assert not (store.folder / "metrics" / "drill").exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_moment_without_backup_is_refused_with_what_is_possible(between, place, days):
    with pytest.raises(SettingsError, match="cannot be restored: the backups go from 2"):
        restore(between.house.store, between.moment + timedelta(days=days), place, silent)
    assert not place.exists()


def test_a_folder_with_something_in_it_is_left_alone(between, place):
    place.mkdir()
    (place / "mine").touch()
    with pytest.raises(SettingsError, match="is not empty"):
        restore(between.house.store, between.moment, place, silent)
    assert [path.name for path in place.iterdir()] == ["mine"]


def test_a_damaged_base_is_not_restored_and_the_next_try_begins_anew(between, place, tmp_path):
    store = copy_of(between.house.store, tmp_path / "backups")
    damage(store.base(store.backups()[0].stamp) / "PG_VERSION")
    with pytest.raises(BackupFailed, match="pg_verifybackup failed: .*PG_VERSION"):
        restore(store, between.moment, place, silent)
    restore(between.house.store, between.moment, place, silent).recovery.stop()


def test_killed_while_it_replays_the_same_command_begins_anew(between, place):
    arguments = ("restore", "--to", between.moment.isoformat(), "--into", str(place))
    command = between.house.jobdash(*arguments)
    wait_for(lambda: (place / "recovery.log").exists() or command.poll() is not None)
    command.send_signal(signal.SIGKILL)
    command.communicate()
    command = between.house.jobdash(*arguments)
    output, errors = command.communicate(timeout=WITHIN_S)
    assert command.returncode == 0, errors
    assert f"DATABASE_URL=postgresql://postgres@/jobdash?host={place}" in output
    with closing(connect(f"postgresql://postgres@/jobdash?host={place}")) as connection:
        assert hashes(connection) == between.hashes
    Recovery.found(place).stop()


def test_swapped_in_the_data_of_before_is_kept_and_backups_go_on(bare: BackedUp):
    bare.query("create table seen (number integer)")
    bare.back_up()
    moment = bare.now()
    bare.query("insert into seen values (1)")
    bare.back_up()
    local = {"DATABASE_URL": "", "REDIS_URL": ""}
    arguments = ("restore", "--to", moment.isoformat(), "--into", str(bare.folder / "restored"))

    with closing(connect(bare.database_url)):
        command = bare.jobdash(*arguments, "--swap", **local)
        assert "Others are connected" in command.communicate(timeout=WITHIN_S)[1]
        assert command.returncode == 12
    assert bare.query("select * from seen") == [(1,)]
    assert not list((bare.folder / "restored" / "postgres").glob("*.lock"))

    command = bare.jobdash("restore", "--into", str(bare.folder / "restored"), "--swap", **local)
    output, errors = command.communicate(timeout=WITHIN_S)
    assert command.returncode == 0, errors
    assert "postgres.before-" in output
    command = bare.jobdash("backup", "run", **local)
    output, errors = command.communicate(timeout=WITHIN_S)
    assert command.returncode == 0, errors
    *_, before, after = bare.store.backups()
    assert after.timeline == before.timeline + 1
    assert after.wal != before.wal
    assert bare.jobdash("up", **local).wait(timeout=WITHIN_S) == 0
    assert bare.query("select * from seen") == []


def wait_for(reached) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.005)
