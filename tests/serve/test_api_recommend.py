"""`/api/recommend`: jobs like a job."""

from uuid import uuid4

import pytest
from written_ads import BY_NAME


def ask(client, name: str, **parameters) -> list[str]:
    query = {"job_id": str(BY_NAME[name].job_id), **parameters}
    response = client.get("/api/recommend", query_string=query)
    assert response.status_code == 200, response.text
    assert response.json["query"] == {"job_id": query["job_id"], "top": parameters.get("top", 10)}
    return [job["title"] for job in response.json["results"]]


def test_the_nearest_jobs_come_first_and_the_job_itself_does_not(client):
    assert ask(client, "data")[:2] == ["Analyste SQL", "Warehouse Python developer"]
    assert BY_NAME["data"].title not in ask(client, "data", top=50)
    assert ask(client, "data", top=1) == ["Analyste SQL"]


@pytest.mark.parametrize("copy", ["baker-lyon", "baker-lille"])
def test_copies_of_its_posting_do_not_come(client, copy):
    assert ask(client, copy) == ["Pâtissière"]


def test_a_closed_job_that_the_model_does_not_know_has_similar_ones(client):
    titles = ask(client, "closed")
    assert set(titles[:2]) == {"Ingénieure données Python (H/F)", "Warehouse Python developer"}


def test_a_job_id_may_be_written_in_capitals(client, untimed):
    job_id = str(BY_NAME["data"].job_id)
    small, capital = (
        client.get("/api/recommend", query_string={"job_id": written})
        for written in (job_id, job_id.upper())
    )
    assert untimed(capital) == untimed(small)


def test_an_unknown_job_is_404(client):
    job_id = uuid4()
    response = client.get(f"/api/recommend?job_id={job_id}")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert str(job_id) in response.json["detail"]


@pytest.mark.parametrize("job_id", ["", "1234", "\0", "x" * 36, "' or 1=1 --", "12345678-1234"])
def test_what_is_no_uuid_is_400(client, job_id):
    response = client.get("/api/recommend", query_string={"job_id": job_id})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert "UUID" in response.json["detail"]
