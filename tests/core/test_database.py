import os
import signal
import subprocess
import sys
from datetime import date

import psycopg2
import pytest

from core.batches import Law, batch_to_collect
from core.database import batch_lock, connect, public_dsn, transaction
from core.errors import BatchBusy, LawBroken, SettingsError
from core.migrations import migrate
from core.paths import MIGRATIONS, ROOT
from core.settings import Settings


def test_an_address_is_shown_without_its_password():
    shown = public_dsn("postgresql://ann:s%C3%A9same@db.example:5433/ads")
    assert shown == "dbname=ads host=db.example port=5433 user=ann"
    assert "hush" not in public_dsn("mysql://ann:hush@db.example/ads")


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(SettingsError, match="DATABASE_URL") as caught:
        connect("postgresql://ann:hush@127.0.0.1:1/ads")
    assert "hush" not in str(caught.value)


def test_one_process_at_a_time_works_on_a_batch(database):
    with (
        batch_lock(database),
        pytest.raises(BatchBusy, match="jobdash status"),
        batch_lock(database),
    ):
        pass
    with batch_lock(database):
        pass


def test_a_killed_process_lets_go_of_the_lock(database):
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom core.database import batch_lock\n"
            "with batch_lock(sys.argv[1]):\n    print('held', flush=True)\n    sys.stdin.read()",
            database,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(BatchBusy), batch_lock(database):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    with connect(database) as connection, connection.cursor() as cursor:
        # the server notices the closed socket by itself; wait for it there, not here
        cursor.execute(
            "do $$ begin while exists (select from pg_locks where locktype = 'advisory' and database ="
            " (select oid from pg_database where datname = current_database()))"
            " loop perform pg_sleep(0.01); end loop; end $$"
        )
    with batch_lock(database):
        pass


def test_migrations_are_applied_once(connection):
    assert migrate(connection, MIGRATIONS) == []


def test_a_migration_that_was_edited_later_is_refused(connection, tmp_path):
    (tmp_path / "001_first.sql").write_text("create table ops.first (number integer)")
    assert migrate(connection, tmp_path) == ["001_first.sql"]
    (tmp_path / "001_first.sql").write_text("create table ops.first (number bigint)")
    with pytest.raises(SettingsError, match="001_first.sql was edited"):
        migrate(connection, tmp_path)


def test_migrations_that_fail_leave_nothing(connection, tmp_path):
    (tmp_path / "001_first.sql").write_text("create table ops.first (number integer)")
    (tmp_path / "002_second.sql").write_text("create table ops.first (number integer)")
    with pytest.raises(psycopg2.errors.DuplicateTable):
        migrate(connection, tmp_path)
    with transaction(connection) as cursor:
        cursor.execute("select to_regclass('ops.first')")
        assert cursor.fetchone() == (None,)


def test_a_law_that_does_not_add_up_is_refused_here_and_by_the_database(connection):
    Law(10, 3, 2, 1, 3, 1).check()
    with pytest.raises(LawBroken, match="10 collected"):
        Law(10, 3, 2, 1, 3, 0).check()
    batch = batch_to_collect(connection, date(2026, 1, 8))
    with pytest.raises(psycopg2.errors.CheckViolation), transaction(connection) as cursor:
        cursor.execute(
            "update ops.batches set collected = 1, status = 'published' where batch_id = %s",
            (batch.batch_id,),
        )


def test_secrets_do_not_show_and_an_empty_value_is_absent(monkeypatch):
    monkeypatch.setenv("ADZUNA_APP_ID", "me")
    monkeypatch.setenv("ADZUNA_APP_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "")
    settings = Settings(_env_file=None)
    assert "hush" not in repr(settings) + str(settings.model_dump())
    assert settings.has_keys
    assert settings.database_url is None


def test_half_a_pair_of_keys_is_told(monkeypatch):
    monkeypatch.setenv("ADZUNA_APP_ID", "me")
    monkeypatch.setenv("ADZUNA_APP_KEY", "")
    with pytest.raises(SettingsError, match="ADZUNA_APP_KEY"):
        _ = Settings(_env_file=None).uses_simulator
