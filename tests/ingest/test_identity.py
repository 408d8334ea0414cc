import json

import pytest

from ingest.adzuna.identity import canonical_link, identify
from ingest.identity import ad_id_of

LAND = "https://www.adzuna.fr/land/ad/123?se=abc&utm_medium=api&v=1"
DETAILS = "https://www.adzuna.fr/details/123?utm_medium=api"


def hash_of(ad: dict) -> str:
    return identify("fr", ad).content_hash


def identity(ad: dict):
    return identify("fr", ad).job_id


def test_two_answers_of_one_ad_are_one_job():
    first = {"id": "123", "redirect_url": LAND, "adref": "x", "title": "Soudeur"}
    second = {"title": "Soudeur", "adref": "y", "redirect_url": DETAILS, "id": "123"}
    assert identity(first) == identity(second)
    assert hash_of(first) == hash_of(second)


def test_a_job_id_is_the_same_for_all_time():
    ad = {"id": "123", "redirect_url": LAND}
    assert str(identity(ad)) == "70d2e04a-00b3-5a34-91fd-2091e7866438"
    assert str(identity({"title": "Soudeur"})) == "db3f65a4-0beb-5a72-ace6-b61bd5d4718a"


def test_a_changed_title_is_the_same_job_with_other_content():
    before = {"id": "123", "redirect_url": LAND, "title": "Soudeur"}
    after = {"id": "123", "redirect_url": LAND, "title": "Soudeuse"}
    assert identity(before) == identity(after)
    assert hash_of(before) != hash_of(after)


def test_the_same_id_in_two_countries_is_two_jobs():
    french = {"id": "123", "redirect_url": LAND}
    british = {"id": "123", "redirect_url": "https://www.adzuna.co.uk/jobs/land/ad/123"}
    assert identity(french) != identity(british)


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        (LAND, "https://www.adzuna.fr/details/123"),
        (DETAILS, "https://www.adzuna.fr/details/123"),
        (
            "http://www.adzuna.co.uk/jobs/land/ad/123",
            "https://www.adzuna.co.uk/jobs/details/123",
        ),
        ("https://example.org/apply/123", None),
        ("javascript:alert(1)//land/ad/1", None),
        ("http://[broken/land/ad/1", None),
        ("", None),
        (None, None),
        (17, None),
    ],
)
def test_canonical_link(link, canonical):
    assert canonical_link(link, "123") == canonical


@pytest.mark.parametrize(
    ("payload", "ad_id"),
    [
        ({"id": "123"}, "123"),
        ({"id": 123}, "123"),
        ({"id": " "}, None),
        ({"id": True}, None),
        ({"id": ["1"]}, None),
        ({}, None),
        ("text", None),
        (None, None),
    ],
)
def test_ad_id_of(payload, ad_id):
    assert ad_id_of(payload) == ad_id


def test_ads_without_id_are_told_apart_by_their_content():
    assert identity({"title": "a"}) == identity({"title": "a"})
    assert identity({"title": "a"}) != identity({"title": "b"})


def test_key_order_and_accents_do_not_matter_to_the_hash():
    assert hash_of({"b": "é", "a": 1}) == hash_of(json.loads('{"a": 1, "b": "\\u00e9"}'))
