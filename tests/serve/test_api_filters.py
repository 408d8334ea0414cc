"""Searches and similar jobs, narrowed; paging; counts."""

import pytest
from written_ads import BY_NAME

PYTHON = ["Ingénieure données Python (H/F)", "Analyste SQL", "Warehouse Python developer"]


def ask(client, **parameters) -> dict:
    response = client.get("/api/jobs/search", query_string=parameters)
    assert response.status_code == 200, response.text
    return response.json


def titles(client, **parameters) -> set[str]:
    return {job["title"] for job in ask(client, **parameters)["results"]}


@pytest.mark.parametrize(
    ("narrowing", "found"),
    [
        ({}, PYTHON),
        ({"language": "fr"}, PYTHON[:2]),
        ({"company": "mutuelle du rhone"}, PYTHON[1:2]),
        ({"min_pay": 50_000}, [PYTHON[0], PYTHON[2]]),
        ({"min_pay": 52_000.5}, PYTHON[2:]),
        ({"skill": "sql"}, PYTHON[:2]),
        ({"skill": ["sql", "DBT"]}, PYTHON[:1]),
        ({"department": "69", "contract": "permanent"}, PYTHON),
        ({"posted_since": "2026-01-05"}, PYTHON),
        ({"posted_since": "2026-01-06"}, []),
        ({"city": "Brest"}, []),
        ({"skill": "Welding"}, []),
    ],
)
def test_only_what_was_asked_for_comes(client, narrowing, found):
    assert titles(client, q="python", **narrowing) == set(found)
    answer = ask(client, q="python", **narrowing)
    assert answer["total"] == len(found)


def test_a_posting_of_several_towns_is_found_in_each_with_the_ad_of_that_town(client):
    (in_lille,) = ask(client, q="boulanger", city="lille", company="Le Fournil")["results"][:1]
    assert in_lille["job_id"] == str(BY_NAME["baker-lille"].job_id)
    (in_lyon,) = ask(client, q="boulanger", city="Lyon")["results"]
    assert in_lyon["job_id"] == str(BY_NAME["baker-lyon"].job_id)
    (anywhere,) = ask(client, q="pétrissage")["results"]
    assert anywhere["job_id"] == str(BY_NAME["baker-lyon"].job_id)


def test_similar_jobs_are_narrowed_too(client):
    asked = {"job_id": str(BY_NAME["data"].job_id), "language": "en"}
    results = client.get("/api/recommend", query_string=asked).json["results"]
    assert [job["title"] for job in results] == ["Warehouse Python developer"]


def test_pages_follow_each_other_without_gap_or_repetition(client):
    whole = ask(client, q="python cuisson", top=50)
    pages = [ask(client, q="python cuisson", top=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [job for page in pages for job in page["results"]] == whole["results"]
    assert {page["total"] for page in pages} == {len(whole["results"])} == {5}


def test_counts_are_of_all_that_match_and_not_of_a_page(client):
    answer = ask(client, q="python", top=1, facets="true")
    assert answer["total"] == 3
    assert answer["facets"]["language"] == {"fr": 2, "en": 1}
    assert answer["facets"]["city"] == {"Lyon": 3}
    assert ask(client, q="python")["facets"] == {}


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"contrat": "CDI"}, "'contrat' is no parameter"),
        ({"min_pay": "beaucoup"}, "min_pay: Input should be a valid number"),
        ({"min_pay": "nan"}, "min_pay: Input should be"),
        ({"min_pay": "-1"}, "greater than or equal to 0"),
        ({"posted_since": "hier"}, "posted_since: a date is asked for, as 2026-01-08"),
        ({"posted_since": "0"}, "posted_since: a date is asked for, as 2026-01-08"),
        ({"posted_since": "2026-02-30"}, "posted_since: Input should be a valid date"),
        ({"near": "Lyon"}, "latitude,longitude"),
        ({"near": "91,0"}, "latitude,longitude"),
        ({"near": "٤٥,4"}, "latitude,longitude"),
        ({"radius_km": "10"}, "goes with near"),
        ({"near": "45,4", "radius_km": "1e9"}, "less than or equal to 1000"),
        ({"offset": "1001"}, "less than or equal to 1000"),
        ({"offset": "-1"}, "a whole number"),
        ({"facets": "maybe"}, "facets: Input should be a valid boolean"),
        ({"city": " "}, "at least 1 character"),
        ({"city": "x" * 101}, "at most 100 characters"),
        ({"skill": ["a"] * 11}, "at most 10 items"),
    ],
)
def test_a_fault_is_told_with_what_would_be_right(client, parameters, told):
    response = client.get("/api/jobs/search", query_string={"q": "python", **parameters})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert told in response.json["detail"]
