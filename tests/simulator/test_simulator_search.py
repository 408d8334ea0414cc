"""Each parameter of a search, judged by the ads that come and by those that should have."""

import unicodedata
from collections.abc import Callable
from functools import cache

import pytest


@cache
def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))


def said(ad: dict) -> set[str]:
    parts = (ad.get("title", ""), ad["description"], ad["company"].get("display_name", ""))
    return set(plain(" ".join(parts)).split())


def titled(ad: dict) -> set[str]:
    return set(plain(ad.get("title", "")).split())


def area(ad: dict) -> list[str]:
    return ad["location"]["area"]


def pay(ad: dict, bound: str) -> float:
    value = ad.get(bound, ad.get("salary_min"))
    return value if isinstance(value, int) else 0


@pytest.mark.parametrize(
    ("parameters", "wanted"),
    [
        ({"what": "Développeur"}, lambda ad: "developpeur" in said(ad)),
        ({"what": "soins nuit"}, lambda ad: {"soins", "nuit"} <= said(ad)),
        ({"what_and": "soins nuit"}, lambda ad: {"soins", "nuit"} <= said(ad)),
        ({"what_or": "soudeur coiffeur"}, lambda ad: {"soudeur", "coiffeur"} & said(ad)),
        (
            {"what": "cariste", "what_exclude": "froid nuit"},
            lambda ad: "cariste" in said(ad) and not {"froid", "nuit"} & said(ad),
        ),
        (
            {"what_phrase": "tableaux de bord"},
            lambda ad: " tableaux de bord " in f" {' '.join(plain(ad['description']).split())} ",
        ),
        ({"title_only": "comptable"}, lambda ad: "comptable" in titled(ad)),
        ({"where": "rhône"}, lambda ad: any("rhone" in plain(level).split() for level in area(ad))),
        ({"where": "Bordeaux"}, lambda ad: "Bordeaux" in area(ad)),
        (
            {"location0": "France", "location2": "Nord"},
            lambda ad: area(ad)[2:3] == ["Nord"],
        ),
        ({"category": "it-jobs"}, lambda ad: ad["category"]["tag"] == "it-jobs"),
        (
            {"company": "SYLVORIA digital"},
            lambda ad: (
                plain(ad["company"].get("display_name", "")).split() == ["sylvoria", "digital"]
            ),
        ),
        ({"full_time": "1"}, lambda ad: ad.get("contract_time") == "full_time"),
        ({"part_time": "1"}, lambda ad: ad.get("contract_time") == "part_time"),
        ({"permanent": "1"}, lambda ad: ad.get("contract_type") == "permanent"),
        (
            {"contract": "1", "full_time": "1"},
            lambda ad: (
                (ad.get("contract_type"), ad.get("contract_time")) == ("contract", "full_time")
            ),
        ),
        ({"salary_min": 60_000}, lambda ad: pay(ad, "salary_max") >= 60_000),
        ({"salary_max": 13}, lambda ad: 0 < pay(ad, "salary_min") <= 13),
        ({"max_days_old": 1}, lambda ad: ad["created"] >= "2026-01-07"),
        ({"max_days_old": 30}, lambda ad: ad["created"] >= "2025-12-09"),
    ],
    ids=lambda value: "&".join(value) if isinstance(value, dict) else "",
)
def test_a_filter_lets_through_what_meets_it_and_nothing_else(
    fetch, objects, parameters: dict, wanted: Callable[[dict], bool]
):
    body = fetch(results_per_page=50, **parameters).json()
    shown = [ad for ad in body["results"] if isinstance(ad, dict)]
    assert shown
    assert all(wanted(ad) for ad in shown)
    expected = sum(bool(wanted(ad)) for ad in objects)
    assert 0 < expected < len(objects)
    # The drift of the count, and ads that are no objects: these have no age to filter by.
    assert abs(body["count"] - expected) <= 2 + (10 if "max_days_old" in parameters else 0)


def test_unknown_pay_can_be_included(fetch):
    paid = fetch(salary_min=60_000).json()["count"]
    assert fetch(salary_min=60_000, salary_include_unknown="1").json()["count"] > paid + 5_000


def test_the_newest_come_first_by_date_and_last_when_turned_round(fetch, objects):
    def dates(**parameters: str) -> list[str]:
        found = fetch(sort_by="date", what="data", results_per_page=50, **parameters).json()
        return [ad["created"] for ad in found["results"]]

    newest = sorted((ad["created"] for ad in objects if "data" in said(ad)), reverse=True)
    assert dates() == newest[:50]
    assert dates(sort_dir="up") == newest[::-1][:50]


def test_the_best_paid_come_first_by_salary_and_the_unpaid_last(fetch):
    found = fetch(sort_by="salary", what="comptable", results_per_page=50)
    amounts = [pay(ad, "salary_max") for ad in found.json()["results"]]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] > 20_000
    up = fetch(sort_by="salary", sort_dir="up", what="comptable", results_per_page=50).json()
    amounts = [pay(ad, "salary_max") for ad in up["results"]]
    assert 0 < amounts[0] < 100
    assert 0 not in amounts[: amounts.index(max(amounts))]


def test_titles_that_say_it_come_before_texts_that_do(fetch):
    found = fetch(what="brasserie", results_per_page=50).json()["results"]
    in_title = ["brasserie" in titled(ad) for ad in found]
    assert in_title == sorted(in_title, reverse=True)
    assert set(in_title) == {True, False}
