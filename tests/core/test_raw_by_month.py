"""sql/006 on a database that has been collecting for weeks: nothing is lost, and collecting goes on."""

from contextlib import closing

import psycopg2
import pytest
from databases import new_database
from old_release import fill_as_before

from core.database import connect, transaction
from core.migrations import migrate
from core.paths import MIGRATIONS

ADS = (
    "select ad_key, job_id, source, country, ad_id, payload::text, content_hash, batch_id, fetched_at"
    " from raw.ads order by 1"
)
CALLS = (
    "select request_id, batch_id, source, page, query::text, outcome, status, ads, reported_count, ms,"
    " error, requested_at from raw.requests order by 1"
)
SIGHTINGS_BEFORE = (
    "select batch_id, search, page, position, job_id, outcome from raw.sightings"
    " order by 1, 2, 3, 4"
)
SIGHTINGS = (
    "select sightings.batch_id, searches.search, requests.page, sightings.position,"
    " sightings.job_id, sightings.outcome from raw.sightings"
    " inner join raw.requests using (request_id) inner join raw.searches"
    " on searches.search_id = sightings.search_id and searches.search_id = requests.search_id"
    " order by 1, 2, 3, 4"
)


@pytest.fixture
def before(server_dsn: str):
    with new_database(server_dsn) as dsn, closing(connect(dsn)) as connection:
        fill_as_before(connection)
        yield connection


def rows(connection: psycopg2.extensions.connection, statement: str) -> list[tuple]:
    with transaction(connection) as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_nothing_is_lost_and_everything_lies_in_its_month(before):
    was = [rows(before, statement) for statement in (ADS, CALLS, SIGHTINGS_BEFORE)]
    assert "006_raw_by_month.sql" in migrate(before, MIGRATIONS)
    assert [rows(before, statement) for statement in (ADS, CALLS, SIGHTINGS)] == was
    in_december = "select count(*) from raw.{}_2025_12"
    assert [
        rows(before, in_december.format(table))[0][0] for table in ("ads", "requests", "sightings")
    ] == [4, 5, 5]
    assert migrate(before, MIGRATIONS) == []


def test_the_latest_row_of_each_ad_is_known_and_when_it_was_seen(before):
    migrate(before, MIGRATIONS)
    known = rows(
        before,
        "select left(job_id::text, 1), ad_key, content_hash, seen_batch_id from raw.known_ads order by 1",
    )
    assert known == [("a", 6, "x", 3), ("b", 2, "x", 2), ("c", 3, "x", 1), ("d", 5, "x", 2)]


def test_a_sweep_is_a_reading_that_ended_in_its_batch(before):
    migrate(before, MIGRATIONS)
    readings = rows(
        before,
        "select search, kind, began_batch_id, ended_batch_id, is_complete, calls, ended_at::date::text"
        " from raw.readings inner join raw.searches using (search_id) order by 3, 1",
    )
    assert readings == [
        ("france", "sweep", 1, 1, False, 2, "2025-12-31"),
        ("france", "sweep", 2, 2, True, 1, "2026-01-01"),
        ("paris", "sweep", 2, 2, True, 1, "2026-01-01"),
    ]


def test_numbers_go_on_where_they_were(before):
    migrate(before, MIGRATIONS)
    with transaction(before) as cursor:
        cursor.execute("call raw.make_month('2026-02-01Z')")
        cursor.execute(
            "insert into raw.ads (job_id, source, country, payload, content_hash, batch_id, fetched_at)"
            " values (gen_random_uuid(), 'adzuna', 'fr', '{}', 'x', 4, '2026-02-01Z') returning ad_key"
        )
        assert cursor.fetchone() == (7,)
        cursor.execute(
            "insert into raw.requests"
            " (batch_id, source, account, search_id, page, query, outcome, requested_at)"
            " values (4, 'adzuna', 'abc', 1, 1, '{}', 'sent', '2026-02-01Z') returning request_id"
        )
        assert cursor.fetchone() == (10,)


def test_rows_that_do_not_fit_together_leave_the_database_as_it_was(before):
    with transaction(before) as cursor:
        cursor.execute("delete from raw.requests where request_id = 9")
    with pytest.raises(psycopg2.errors.RaiseException, match="left as it was"):
        migrate(before, MIGRATIONS)
    assert len(rows(before, SIGHTINGS_BEFORE)) == 8
    assert rows(before, "select count(*) from ops.migrations") == [(5,)]
