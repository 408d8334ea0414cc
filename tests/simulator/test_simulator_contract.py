"""What a client of Adzuna relies on, or stumbles over, asked over HTTP."""

import re
from itertools import pairwise
from typing import Any

import pytest
import requests

from ingest.simulator import SimulatorServer, ads_on

LANDING = re.compile(
    r"https://www\.adzuna\.fr/land/ad/(\d+)\?se=[\w-]{22}"
    r"&utm_medium=api&utm_source=00000000&v=[0-9A-F]{40}"
)
DETAILS = re.compile(r"https://www\.adzuna\.fr/details/(\d+)\?utm_medium=api&utm_source=00000000")


def ids(response: requests.Response) -> list[str]:
    return [ad["id"] if isinstance(ad, dict) else ad for ad in response.json()["results"]]


def nulls(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(nulls, value.values() if isinstance(value, dict) else value))
    return value is None


@pytest.mark.parametrize(
    "keys", [{}, {"app_id": "simulator"}, {"app_id": "simulator", "app_key": "wrong"}]
)
def test_wrong_keys_are_refused_as_adzuna_refuses_them(simulator, keys):
    answer = requests.get(f"{simulator.base_url}/jobs/fr/search/1", params=keys, timeout=20)
    assert answer.status_code == 401
    assert answer.json()["__CLASS__"] == "Adzuna::API::Response::Exception"
    assert answer.json()["exception"] == "AUTH_FAIL"
    assert answer.json()["display"] == "Authorisation failed"


def test_the_accepted_keys_are_a_setting(world, day, ask):
    with SimulatorServer(world[:10], today=day, app_id="me", app_key="mine") as server:
        assert ask(server, "jobs/fr/search/1").status_code == 401
        assert ask(server, "jobs/fr/search/1", app_id="me", app_key="mine").status_code == 200


@pytest.mark.parametrize("path", ["jobs/xx/search/1", "jobs/xx/categories", "jobs/fr/nothing"])
def test_what_does_not_exist_is_a_404_in_json(simulator, ask, path):
    answer = ask(simulator, path)
    assert answer.status_code == 404
    assert answer.json()["__CLASS__"] == "Adzuna::API::Response::Exception"


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("0", {}),
        ("one", {}),
        ("1", {"results_per_page": "many"}),
        ("1", {"results_per_page": "0"}),
        ("1", {"max_days_old": "-3"}),
        ("1", {"sort_by": "age"}),
        ("1", {"sort_dir": "sideways"}),
    ],
)
def test_a_parameter_that_cannot_be_read_is_a_400(fetch, page, parameters):
    answer = fetch(page, **parameters)
    assert answer.status_code == 400
    assert answer.json()["exception"] == "INVALID_PARAM"


@pytest.mark.parametrize(("asked", "given"), [(None, 10), (3, 3), (50, 50), (500, 50)])
def test_results_per_page_is_clamped_without_a_word(fetch, asked, given):
    assert len(fetch(results_per_page=asked).json()["results"]) == given


def test_one_query_shows_5000_ads_and_then_its_last_page_again(fetch):
    pages = [ids(fetch(page, results_per_page=50)) for page in range(1, 101)]
    assert len({ad_id for page in pages for ad_id in page}) == 5_000
    assert fetch(results_per_page=50).json()["count"] > 9_000
    for beyond in (101, 102, 5_000):
        answer = fetch(beyond, results_per_page=50)
        assert answer.status_code == 200
        assert ids(answer) == pages[99]


def test_a_page_past_the_end_of_a_small_result_is_empty(fetch):
    assert len(fetch(1, what="coiffeur", results_per_page=50).json()["results"]) > 10
    answer = fetch(60, what="coiffeur", results_per_page=50)
    assert (answer.status_code, answer.json()["results"]) == (200, [])
    assert answer.json()["count"] > 10


def test_count_drifts_and_mean_is_a_float(fetch, world):
    counts = [fetch().json()["count"] for _ in range(6)]
    assert all(before != after for before, after in pairwise(counts))
    assert all(abs(count - len(world)) <= 3 for count in counts)
    mean = fetch().json()["mean"]
    assert isinstance(mean, float)
    assert 10_000 < mean < 60_000


def test_nothing_found_is_a_plain_zero(fetch):
    body = fetch(what="sous-marinier astronaute").json()
    assert (body["count"], body["mean"], body["results"]) == (0, 0.0, [])


def test_links_differ_on_every_answer_of_the_same_ad(fetch):
    answers = [fetch(results_per_page=50, what="data").json()["results"] for _ in range(4)]
    linked = [[ad for ad in answer if "redirect_url" in ad] for answer in answers]
    assert len(linked[0]) >= 48
    for before, after in pairwise(linked):
        for old, new in zip(before, after, strict=True):
            assert old["id"] == new["id"]
            assert old["redirect_url"] != new["redirect_url"]
            assert old["adref"] != new["adref"]
            forms = [bool(LANDING.fullmatch(ad["redirect_url"])) for ad in (old, new)]
            assert sorted(forms) == [False, True]  # /land/ad/ and /details/ take turns
    for ad in linked[0]:
        link = LANDING.fullmatch(ad["redirect_url"]) or DETAILS.fullmatch(ad["redirect_url"])
        assert link
        assert link[1] == ad["id"]
    assert len({bool(LANDING.match(ad["redirect_url"])) for ad in linked[0]}) == 2


def test_everything_but_the_links_stays_the_same(fetch):
    def stable(ad: dict) -> dict:
        return {name: ad[name] for name in ad if name not in ("redirect_url", "adref")}

    first, second = (fetch(what="infirmier").json()["results"] for _ in range(2))
    assert list(map(stable, first)) == list(map(stable, second))


def test_objects_name_their_class_and_nothing_is_null(fetch):
    body = fetch(what="infirmier", results_per_page=50).json()
    assert body["__CLASS__"] == "Adzuna::API::Response::JobSearchResults"
    assert not nulls(body)
    for ad in body["results"]:
        assert ad["__CLASS__"] == "Adzuna::API::Response::Job"
        for part in ("Company", "Category", "Location"):
            assert ad[part.lower()]["__CLASS__"] == f"Adzuna::API::Response::{part}"


def test_the_default_order_is_stable_and_not_by_date(fetch):
    first, second = fetch(3, results_per_page=50), fetch(3, results_per_page=50)
    assert ids(first) == ids(second)
    dates = [ad["created"] for ad in first.json()["results"] if isinstance(ad, dict)]
    assert dates != sorted(dates)
    assert dates != sorted(dates, reverse=True)


def test_other_endpoints_answer(simulator, ask):
    body = ask(simulator, "jobs/fr/categories").json()
    assert {"tag", "label", "__CLASS__"} == set(body["results"][0])
    assert "it-jobs" in [category["tag"] for category in body["results"]]
    assert ask(simulator, "version").json()["api_version"] == 1


def test_ads_are_found_in_the_country_of_their_link_only(ask, day):
    german = {"id": "1", "title": "Maurer", "redirect_url": "https://www.adzuna.de/details/1"}
    with SimulatorServer([german, *ads_on(day, 20, seed=1)], today=day) as server:
        assert ids(ask(server, "jobs/de/search/1")) == ["1"]
        assert "1" not in ids(ask(server, "jobs/fr/search/1", results_per_page=50))
        assert ids(ask(server, "jobs/gb/search/1")) == []
        link = ask(server, "jobs/de/search/1").json()["results"][0]["redirect_url"]
        assert link.startswith("https://www.adzuna.de/")
