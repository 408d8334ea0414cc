"""What those who watch the API are told."""

import logging
import pickle

import pytest
from databases import new_database
from published_world import World
from written_ads import ADS

from ml.sealed import FILES

PROBLEM = "application/problem+json"


def test_before_the_first_batch_the_process_lives_and_is_not_ready(empty_world):
    client = empty_world.client()
    assert client.get("/livez").json == {"status": "ok"}
    for address in ("/readyz", "/api/jobs/search?q=python"):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (503, PROBLEM)
        assert response.json["title"] == "Nothing published yet"
    response = client.get("/api/batch/status")
    assert (response.status_code, response.mimetype) == (404, PROBLEM)
    assert "jobdash run" in response.json["detail"]


def test_a_database_that_nobody_has_migrated_has_nothing_published(
    server_dsn, empty_world, tmp_path
):
    with new_database(server_dsn) as dsn:
        client = World(dsn, empty_world.redis_url, tmp_path).client()
        for _ in range(2):  # on the same connection
            response = client.get("/readyz")
            assert (response.status_code, response.json["title"]) == (503, "Nothing published yet")
        assert "jobdash_audit_up 0.0" in client.get("/metrics").text


def test_the_first_batch_makes_it_ready(empty_world):
    client = empty_world.client()
    assert client.get("/readyz").status_code == 503
    empty_world.publish(1, ADS)
    response = client.get("/readyz")
    assert response.status_code == 200
    version = "tfidf_v20260108"
    assert response.json == {
        "status": "ok",
        "batch_id": 1,
        "model_version": version,
        "cache": "ok",
        "database": "ok",
    }


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("a file that nobody vouches for was unpickled",))


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_model_is_503_is_logged_and_is_not_unpickled(world, caplog, name):
    path = world.store / "tfidf/tfidf_v20260108" / name
    right = path.read_bytes()
    path.write_bytes(pickle.dumps(Trap()))
    client = world.client()
    with caplog.at_level(logging.ERROR):
        for address in ("/api/jobs/search?q=python", "/readyz"):
            response = client.get(address)
            assert (response.status_code, response.mimetype) == (503, PROBLEM)
            assert response.json["title"] == "Model unavailable"
            assert name not in response.text
    assert f"{name} of model tfidf_v20260108 is not the file written" in caplog.text
    assert client.get("/livez").status_code == 200
    path.write_bytes(right)
    assert client.get("/readyz").status_code == 200


def test_what_needs_no_model_is_answered_without_one(world):
    (world.store / "tfidf/tfidf_v20260108" / FILES[0]).unlink()
    client, job = world.client(), world.value("select min(job_id::text) from marts.jobs")
    assert client.get("/api/jobs/search?q=python").status_code == 503
    for address in (f"/api/jobs/{job}", "/api/market/pay", "/api/batch/status"):
        assert client.get(address).status_code == 200, address


def test_batch_status_tells_the_stages_in_order_and_the_numbers_of_the_law(client):
    status = client.get("/api/batch/status").json
    stages = [stage["stage"] for stage in status["stages"]]
    assert stages == ["collect", "validate", "enrich", "vectorize"]
    assert {stage["status"] for stage in status["stages"]} == {"success"}
    assert status["law"] == {"collected": len(ADS), "accounted_for": len(ADS)}
    assert status["batch"]["status"] == "published"
    assert status["batch"]["batch_date"] == "2026-01-08"
    published = status["published"]
    assert (published["batch_id"], published["model_version"]) == (1, "tfidf_v20260108")
    assert published["published_at"] == status["batch"]["published_at"]
