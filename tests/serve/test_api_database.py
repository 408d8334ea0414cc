"""PostgreSQL ends connections, goes away, comes back, and keeps the API to reading."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import psycopg2
import pytest
from psycopg2.extensions import make_dsn, parse_dsn

from core.database import connect
from serve.warehouse import CONNECTIONS, RIGHTS

OF_THE_API = "application_name = 'jobdash api' and datname = current_database()"


def end_connections(world) -> int:
    ended = world.query(
        f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where {OF_THE_API}"
    )
    return len(ended)


@contextmanager
def all_connections_in_use(client) -> Iterator[None]:
    warehouse = client.application.extensions["jobdash"].warehouse
    with ExitStack() as held:
        for _ in range(CONNECTIONS):
            held.enter_context(warehouse.reading())
        yield


def test_connections_are_kept_for_the_next_request(world):
    client = world.client()
    pids = set()
    for words in ("python", "soudeur", "pain"):
        assert client.get(f"/api/jobs/search?q={words}").status_code == 200
        pids.update(world.query(f"select pid from pg_stat_activity where {OF_THE_API}"))
    assert len(pids) == 1


def test_a_restart_of_postgresql_costs_no_request(world):
    client = world.client()
    for _ in range(2):
        with all_connections_in_use(client):
            pass
        assert end_connections(world) == CONNECTIONS
        answers = [client.get(f"/api/jobs/search?q=python&top={top}") for top in range(1, 20)]
        assert {answer.status_code for answer in answers} == {200}


def test_a_connection_that_ends_at_work_fails_that_request_alone(world):
    warehouse = world.client().application.extensions["jobdash"].warehouse

    def interrupted() -> None:
        with warehouse.reading() as (cursor, _):
            end_connections(world)
            cursor.execute("select 1")

    for _ in range(CONNECTIONS + 1):
        with pytest.raises(psycopg2.Error):
            interrupted()
    with warehouse.reading() as (_, publication):
        assert publication.batch_id == 1


def test_a_request_that_finds_no_connection_free_is_told_to_come_again(world, monkeypatch):
    monkeypatch.setattr("serve.warehouse.WAIT_FOR_CONNECTION_S", 0.1)
    client = world.client()
    with all_connections_in_use(client):
        response = client.get("/api/jobs/search?q=python")
        assert (response.status_code, response.json["title"]) == (503, "Too busy")
    assert client.get("/api/jobs/search?q=python").status_code == 200


@contextmanager
def no_connections(world) -> Iterator[None]:
    """As when the server is gone: those that were open end, new ones are refused."""
    name = parse_dsn(world.database_url)["dbname"]
    with closing(connect(make_dsn(world.database_url, dbname="postgres"))) as admin:
        admin.autocommit = True
        with admin.cursor() as cursor:
            cursor.execute(f"alter database {name} allow_connections false")
            cursor.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s",
                (name,),
            )
            yield
            cursor.execute(f"alter database {name} allow_connections true")


def test_without_postgresql_a_problem_and_with_it_answers_again(world):
    client = world.client()
    assert client.get("/api/jobs/search?q=python").status_code == 200
    with no_connections(world):
        for address in ("/api/jobs/search?q=soudeur", "/api/batch/status", "/readyz"):
            response = client.get(address)
            assert response.status_code == 503
            assert response.mimetype == "application/problem+json"
            assert response.json["title"] == "Database unavailable"
        assert client.get("/livez").status_code == 200
        # what the cache holds is shown on
        assert client.get("/api/jobs/search?q=python").status_code == 200
    assert client.get("/api/jobs/search?q=soudeur").status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    "statement",
    [
        "insert into ops.batches (batch_id, batch_date) values (99, current_date)",
        "delete from marts.jobs",
        "create table marts.mine (x int)",
        "select count(*) from raw.ads",
        "select count(*) from marts_next.jobs",
    ],
)
def test_the_api_may_read_what_is_published_and_nothing_else(published, statement):
    connection = psycopg2.connect(published.database_url, options=RIGHTS)
    try:
        # even where it could undo the connection's being read only
        connection.set_session(readonly=False)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from marts.jobs")
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)
    finally:
        connection.close()
