"""PostgreSQL ends connections, goes away, comes back, and keeps the API to reading."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import psycopg2
import pytest
from psycopg2.extensions import make_dsn, parse_dsn
from written_ads import ADS, BY_NAME

from core.database import connect
from serve.warehouse import CONNECTIONS, RIGHTS, Moved, Warehouse

SIMILAR = f"/api/recommend?job_id={BY_NAME['data'].job_id}"
NOBODY = "redis://127.0.0.1:1/0"
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
        with warehouse.reading() as reading:
            end_connections(world)
            reading.cursor.execute("select 1")

    for _ in range(CONNECTIONS + 1):
        with pytest.raises(psycopg2.Error):
            interrupted()
    with warehouse.reading() as reading:
        assert reading.publication.batch_id == 1


def test_what_is_read_at_once_is_of_the_publication_that_was_expected(world):
    warehouse = Warehouse(world.database_url)
    titles = "select title from marts.jobs where job_id::text = any(%s) order by title"
    asked = [str(BY_NAME[name].job_id) for name in ("data", "welder")]
    with warehouse.reading() as reading:
        expected, rows = reading.publication, reading.rows(titles, (asked,))
    assert len(rows) == len(asked)
    with warehouse.reading(expected) as reading:
        assert reading.rows(titles, (asked,)) == [dict(row) for row in rows]
        assert reading.rows(titles, ([],)) == []
    world.publish(2, ADS)
    with warehouse.reading(expected) as reading, pytest.raises(Moved):
        reading.rows(titles, ([],))


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


def test_without_postgresql_searches_are_answered_from_the_model_and_say_so(world):
    client = world.client()
    whole = client.get("/api/jobs/search?q=python&top=1").json["results"][0]
    similar = client.get(SIMILAR).json["results"]
    with no_connections(world):
        assert client.get("/api/jobs/search?q=python&top=1").json["degraded"] is False, "cached"
        answer = client.get("/api/jobs/search?q=python&city=lyon&facets=true").json
        assert answer["degraded"] is True
        assert (answer["batch_id"], answer["total"], answer["facets"]["city"]) == (
            1,
            3,
            {"Lyon": 3},
        )
        job = answer["results"][0]
        held = (
            "job_id",
            "title",
            "company_name",
            "city",
            "posted_date",
            "attribution_url",
            "score",
            "why",
        )
        assert {name: job[name] for name in held} == {name: whole[name] for name in held}
        assert (job["url"], job["excerpt"]) == (None, None)
        assert job["highlights"]["title"] == whole["highlights"]["title"] != []
        assert ids_of(client.get(SIMILAR + "&top=9").json["results"]) == ids_of(similar)
        assert client.post("/api/recommend", json={"text": "soudure inox"}).json["degraded"] is True
        assert client.get("/api/suggest?q=pyt").json["suggestions"][0]["text"] == "python"
    until_answered(client, "/api/batch/status")
    assert client.get("/api/jobs/search?q=python&city=lyon&facets=true").json["degraded"] is False


def test_jobs_that_were_just_shown_are_whole_without_postgresql(world):
    client = world.client()
    whole = client.get("/api/jobs/search?q=python&top=5").json
    with no_connections(world):
        answer = client.get("/api/jobs/search?q=python&top=2").json
    assert answer["degraded"] is False
    assert answer["results"] == whole["results"][:2]


def test_what_only_postgresql_knows_is_503_without_it(world):
    client = world.client()
    assert client.get("/api/jobs/search?q=python").status_code == 200
    with no_connections(world):
        for address in (
            *("/api/batch/status", "/api/market/skills", f"/api/jobs/{BY_NAME['data'].job_id}"),
            "/api/recommend?job_id=00000000-0000-0000-0000-000000000001",
        ):
            response = client.get(address)
            assert response.status_code == 503, address
            assert response.mimetype == "application/problem+json"
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json["status"], ready.json["database"]) == (
            200,
            "degraded",
            "gone",
        )
        assert client.get("/livez").status_code == 200
        # a process that never saw a model can tell nothing
        newcomer = world.client(redis_url=NOBODY)
        assert newcomer.get("/readyz").status_code == 503
        assert newcomer.get("/api/jobs/search?q=python").json["title"] == "Database unavailable"
    until_answered(client, "/api/batch/status")
    assert client.get("/readyz").json["database"] == "ok"


def ids_of(jobs) -> set[str]:
    return {job["job_id"] for job in jobs}


def until_answered(client, address: str) -> None:
    """A server that was gone is left alone for a moment."""
    ends = time.monotonic() + 5
    while client.get(address).status_code != 200:
        assert time.monotonic() < ends, "it never answered again"


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
