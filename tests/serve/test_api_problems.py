"""Every fault is told as RFC 9457 says, and tells nothing of the inside."""

import logging

import pytest
from psycopg2.extensions import parse_dsn


def assert_problem(response, status: int) -> None:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert set(response.json) == {"type", "title", "status", "detail"}
    assert response.json["status"] == status
    assert response.json["title"]
    assert response.json["detail"]


@pytest.mark.parametrize("path", ["/api", "/api/jobs", "/static/none.css", "/%2e%2e/etc/passwd"])
def test_a_path_that_is_not_there_is_404(client, path):
    assert_problem(client.get(path), 404)


def test_a_method_that_is_not_there_is_405_and_says_which_are(client):
    response = client.post("/api/jobs/search?q=python")
    assert_problem(response, 405)
    assert {"GET", "HEAD"} <= set(response.allow)


def test_a_fault_of_ours_is_500_and_its_reason_stays_in_the_log(world, caplog):
    world.query("update ops.model_versions set files = '5'")
    with caplog.at_level(logging.ERROR):
        response = world.client().get("/api/jobs/search?q=soudeur")
    assert_problem(response, 500)
    assert "'int' object is not iterable" in caplog.text
    assert_tells_nothing(response, world)
    assert "iterable" not in response.text


def test_a_job_that_the_marts_have_lost_does_not_come(world):
    world.query("delete from marts.jobs where title = 'Soudeur TIG'")
    response = world.client().get("/api/jobs/search?q=soudeur")
    assert (response.status_code, response.json["results"]) == (200, [])


def test_a_mart_that_is_not_there_is_503(world, caplog):
    world.query("drop table marts.jobs")
    response = world.client().get("/api/jobs/search?q=soudeur")
    assert_problem(response, 503)
    assert_tells_nothing(response, world)
    assert "UndefinedTable" in caplog.text


def assert_tells_nothing(response, world) -> None:
    parts = [str(value) for value in parse_dsn(world.database_url).values()]
    for inside in ["Traceback", "File ", "Error:", "select", "marts", ".py", *parts]:
        assert inside not in response.text
    assert world.redis_url not in response.text
