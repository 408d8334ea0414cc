"""`/api/jobs/<job_id>`: all that is known of one job."""

from uuid import uuid4

import pytest
from written_ads import BY_NAME


def path(name: str) -> str:
    return f"/api/jobs/{BY_NAME[name].job_id}"


def test_a_job_is_told_whole_with_the_other_ads_of_its_posting(client):
    response = client.get(path("baker-lyon"))
    job = response.json["job"]
    assert response.status_code == 200
    assert (job["title"], job["city"], job["salary_period"]) == ("Boulanger", "Lyon", "hour")
    assert job["description"] == BY_NAME["baker-lyon"].description
    assert (job["attribution"], job["skills"], job["changes"]) == ("Jobs by Adzuna", [], [])
    (copy,) = job["copies"]
    assert (copy["city"], copy["job_id"]) == ("Lille", str(BY_NAME["baker-lille"].job_id))
    assert response.json["batch_id"] == 1


def test_closed_jobs_are_told_too(client):
    assert client.get(path("closed")).json["job"]["is_open"] is False


def test_skills_pay_changes_and_stays_come_in_their_order(world):
    world.query("update marts.jobs set job_key = 7 where title = 'Soudeur TIG'")
    for rows in (
        "skills (skill_key, skill_name) values (1, 'Welding'), (2, 'Blueprints')",
        "job_skills (job_key, skill_key) values (7, 1), (7, 2), (7, -1), (8, 1)",
        "pay_mentions (job_key, place, mention, verdict) values (7, 2, 'prime de 300 €', 'other money')",
        "pay_mentions (job_key, place, mention, verdict, salary_min) values (7, 1, '160 €', 'pay', 160)",
        "job_changes (job_key, version_number, field_name, new_value) values (7, 3, 'title', 'c')",
        "job_changes (job_key, version_number, field_name, new_value) values (7, 2, 'title', 'b')",
        "job_stays (job_key, stay_number, first_seen_date) values (7, 2, '2026-01-12')",
        "job_stays (job_key, stay_number, first_seen_date) values (7, 1, '2026-01-08')",
    ):
        world.query(f"insert into marts.{rows}")
    job = world.client().get(path("welder")).json["job"]
    assert job["skills"] == ["Blueprints", "Welding"]
    assert [told["verdict"] for told in job["pay_mentions"]] == ["pay", "other money"]
    assert job["pay_mentions"][0]["salary_min"] == 160
    assert [change["new"] for change in job["changes"]] == ["b", "c"]
    assert [stay["first_seen_date"] for stay in job["stays"]] == ["2026-01-08", "2026-01-12"]


def test_what_is_unknown_is_404_and_what_is_no_uuid_400(client):
    unknown = client.get(f"/api/jobs/{uuid4()}")
    assert (unknown.status_code, unknown.mimetype) == (404, "application/problem+json")
    wrong = client.get("/api/jobs/1234")
    assert (wrong.status_code, wrong.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "asked", [path("welder"), "/api/jobs/search?q=soudeur", "/api/batch/status"]
)
def test_what_did_not_change_is_not_sent_again(client, asked):
    first = client.get(asked)
    again = client.get(asked, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(asked, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_problem_has_no_etag(client):
    assert "ETag" not in client.get("/api/jobs/1234").headers
