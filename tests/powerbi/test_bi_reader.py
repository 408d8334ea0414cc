"""The role `bi_reader`, over connections of its own: what it may do, and for how long."""

from contextlib import closing
from datetime import date

import psycopg2
import psycopg2.errors
import pytest
from databases import new_database

from core.batches import Batch
from core.database import connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from pipeline.publication import publish


@pytest.fixture
def migrated(server_dsn):
    """A database that was migrated and not copied: a copy has no settings of its roles."""
    with new_database(server_dsn) as dsn:
        with closing(connect(dsn)) as connection:
            migrate(connection, MIGRATIONS)
        yield dsn


def test_it_reads_every_published_mart(published, as_reader):
    with closing(as_reader(published.database_url)) as report, report.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'marts'")
        months = "jobs_20"  # a reader sees the table and not its months
        marts = [name for (name,) in cursor.fetchall() if not name.startswith(months)]
        assert "jobs" in marts
        for mart in [*marts, "recent_jobs", "complete_jobs", "latest_batch_status"]:
            cursor.execute(f"select count(*) from marts.{mart}")


@pytest.mark.parametrize("schema", ["raw", "staging", "intermediate", "ops", "marts_next"])
def test_it_reads_nothing_else(published, as_reader, schema):
    relations = published.query(
        "select relname from pg_class"
        " where relnamespace = to_regnamespace(%s) and relkind in ('r', 'p', 'v')",
        schema,
    )
    assert relations
    with closing(as_reader(published.database_url)) as report, report.cursor() as cursor:
        report.autocommit = True
        for (relation,) in relations:
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(f'select from {schema}."{relation}"')


@pytest.mark.parametrize(
    "statement",
    [
        "insert into marts.skills values (0, 'x', 'x')",
        "update marts.skills set skill_name = 'x'",
        "delete from marts.skills",
        "truncate marts.skills",
        "drop table marts.skills",
        "create table marts.own (id integer)",
        "create table public.own (id integer)",
        "create schema own",
    ],
)
def test_it_writes_nothing(published, as_reader, statement):
    with closing(as_reader(published.database_url)) as report, report.cursor() as cursor:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(statement)


def test_it_reads_on_over_a_swap_on_the_same_connection(copy, as_reader):
    with closing(as_reader(copy.database_url)) as report, report.cursor() as cursor:
        report.autocommit = True
        cursor.execute("select max(batch_id) from marts.job_stays")
        newest = cursor.fetchone()
        swap_back(copy)
        cursor.execute("select max(batch_id) from marts.job_stays")
        assert cursor.fetchone() < newest
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("select from marts_next.job_stays")


def swap_back(house) -> None:
    """A batch that brings nothing: it publishes the generation that the last swap put aside."""
    batch = Batch(house.value("select max(batch_id) + 1 from ops.batches"), date(2026, 1, 10))
    house.query(
        "insert into ops.batches (batch_id, batch_date) values (%s, %s)", batch.batch_id, batch.day
    )
    house.query(
        "insert into ops.batch_runs (batch_id, batch_date, stage, attempt, status, counts)"
        " select %s, %s, 'vectorize', 1, 'success', jsonb_build_object('version', version)"
        " from ops.model_versions where status = 'active'",
        batch.batch_id,
        batch.day,
    )
    with closing(connect(house.database_url)) as connection:
        publish(connection, batch)


def test_a_statement_ends_after_30_seconds_and_a_forgotten_transaction_too(migrated, as_reader):
    with closing(as_reader(migrated)) as report, report.cursor() as cursor:
        for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"show {setting}")
            assert cursor.fetchone() == ("30s",)


def test_a_statement_that_takes_too_long_is_stopped(migrated, as_reader):
    with closing(connect(migrated)) as connection, connection.cursor() as cursor:
        cursor.execute("select current_database()")
        (name,) = cursor.fetchone()
        cursor.execute(f"alter role bi_reader in database {name} set statement_timeout = '100ms'")
        connection.commit()
    with closing(as_reader(migrated)) as report, report.cursor() as cursor:
        with pytest.raises(psycopg2.errors.QueryCanceled, match="statement timeout"):
            cursor.execute("select count(*) from generate_series(1, 1000000000)")
