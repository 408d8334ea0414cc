"""The logins of compose's PostgreSQL: each does what it is for, and everything else is refused."""

from collections.abc import Callable
from contextlib import closing

import psycopg2
import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection
from test_runbook import STATEMENTS

from core.settings import Settings
from pipeline.backup.drill import drill
from pipeline.backup.verify import faults_of, faults_of_wal
from serve.app import create_app

LOGINS = ("jobdash_api", "jobdash_bi", "jobdash_monitor", "jobdash_developer")
WRITING = [
    "insert into marts.sources select * from marts.sources",
    "update marts.jobs set title = 'x'",
    "delete from ops.publication",
    "truncate raw.ads",
    "drop table marts.jobs",
    "alter schema marts rename to mine",
    "create table marts.x (x integer)",
    "create table public.x (x integer)",
]
RULING = [
    "alter system set work_mem = '1MB'",
    "create role x",
    "alter role postgres password 'x'",
    "create database x",
    "create extension dblink",
    "copy (select 1) to program 'cat'",
    "select pg_read_file('postgresql.conf')",
    "select * from pg_authid",
    "set role postgres",
]
OWNING = [
    "create schema x",
    "create temporary table x (x integer)",
    "select pg_switch_wal()",
    "select pg_create_physical_replication_slot('x')",
    "set role jobdash",
]
RAW = [
    "select from raw.ads",
    "select from staging.stg_adzuna__ads",
    "select from intermediate.int_ads_cleaned",
]
REFUSED = {
    "jobdash": RULING,
    "jobdash_api": [*WRITING, *RULING, *OWNING, *RAW, "select from marts_next.jobs"],
    "jobdash_bi": [*WRITING, *RULING, *OWNING, *RAW, "select from ops.batches"],
    "jobdash_monitor": [
        *WRITING, *RULING, *OWNING, *RAW, "select from ops.batches", "select from marts.jobs",
    ],
    "jobdash_developer": [*WRITING, *RULING, *OWNING[2:]],
}  # fmt: skip


@pytest.fixture(scope="module")
def as_login(postgres, house) -> Callable[[str], Connection]:
    with closing(psycopg2.connect(postgres.superuser)) as admin, admin.cursor() as cursor:
        cursor.execute("alter role jobdash_developer password 'given'")  # as the runbook has it
        admin.commit()

    def connected(login: str) -> Connection:
        password = "given" if login == "jobdash_developer" else None
        connection = psycopg2.connect(postgres.dsn(login, password))
        connection.autocommit = True
        return connection

    return connected


def asked(connection: Connection, statement: str) -> list[tuple]:
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_owner_is_no_superuser_and_publishes(house):
    assert house.query(
        "select rolname, rolsuper, rolcreaterole from pg_roles where rolname = user"
    ) == [("jobdash", False, False)]
    assert house.value("select batch_id from ops.publication") == 1
    assert house.value("select count(*) from marts.jobs") > 50


@pytest.mark.parametrize(
    ("login", "attempt"),
    [(login, attempt) for login, tried in REFUSED.items() for attempt in tried],
)
def test_what_a_login_is_not_for_is_refused(as_login, login, attempt):
    with closing(as_login(login)) as connection, connection.cursor() as cursor:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(attempt)


def test_the_api_answers_through_its_login(postgres, house):
    settings = {"database_url": None, "database_read_url": postgres.dsn("jobdash_api")}
    client = create_app(
        Settings(_env_file=None, redis_url=house.redis_url, local_folder=house.folder, **settings)
    ).test_client()
    assert client.get("/readyz").json["database"] == "ok"
    answer = client.get("/api/jobs/search?q=d%C3%A9veloppeur").json
    assert answer["results"]
    assert client.get(f"/api/jobs/{answer['results'][0]['job_id']}").status_code == 200
    assert "jobdash_audit_up 1.0" in client.get("/metrics").text


@pytest.mark.parametrize("setting", ["statement_timeout", "idle_in_transaction_session_timeout"])
def test_a_report_reads_the_marts_for_half_a_minute_at_a_time(as_login, setting):
    assert asked(as_login("jobdash_bi"), "select count(*) from marts.jobs") > [(50,)]
    assert asked(as_login("jobdash_bi"), f"show {setting}") == [("30s",)]


def test_who_watches_sees_what_others_ask(as_login, house):
    with closing(psycopg2.connect(house.database_url)):
        seen = asked(
            as_login("jobdash_monitor"),
            "select count(*) from pg_stat_activity where usename = 'jobdash' and query is not null"
            " and query <> '<insufficient privilege>'",
        )
        assert seen > [(0,)]


def test_who_develops_reads_all_and_builds_in_schemas_of_their_own(as_login):
    sources = (
        "raw.ads",
        "staging.stg_adzuna__ads",
        "intermediate.int_ads_cleaned",
        "marts.jobs",
        "ops.batches",
    )
    for source in sources:
        assert asked(as_login("jobdash_developer"), f"select count(*) from {source}") > [(0,)], (
            source
        )
    with closing(as_login("jobdash_developer")) as connection, connection.cursor() as cursor:
        cursor.execute("create schema dev_anna_marts")
        cursor.execute("create table dev_anna_marts.jobs as select * from marts.jobs")
        cursor.execute("drop schema dev_anna_marts cascade")


def test_nobody_comes_to_a_database_of_others(postgres):
    for login, database in [("airflow", "jobdash"), *((login, "airflow") for login in LOGINS[:3])]:
        with pytest.raises(psycopg2.OperationalError, match=f'denied for database "{database}"'):
            psycopg2.connect(postgres.dsn(login, database=database))
    psycopg2.connect(postgres.dsn("airflow", database="airflow")).close()


def test_the_superuser_comes_on_the_socket_alone(postgres):
    psycopg2.connect(postgres.superuser).close()
    with pytest.raises(psycopg2.OperationalError, match="pg_hba.conf rejects"):
        psycopg2.connect(postgres.dsn("postgres", "any"))


@pytest.mark.parametrize("login", LOGINS)
def test_a_wrong_password_is_refused(postgres, login):
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(postgres.dsn(login, "wrong"))


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda text: " ".join(text.split())[:50])
def test_the_owner_may_ask_what_the_runbook_asks(postgres, house, statement):
    with closing(psycopg2.connect(postgres.dsn("jobdash"))) as connection:
        connection.cursor().execute(statement)
        connection.rollback()


def test_the_owner_backs_up_and_what_it_backed_up_can_be_restored(house):
    backup = house.back_up()
    assert backup.user == "jobdash"
    assert [*faults_of(house.store, backup), *faults_of_wal(house.store, [backup])] == []
    drill(house.backup_settings(), lambda _: None)
