"""What people and programs type that they should not have, and how they are told."""

import pytest
from written_ads import ADS


def search(client, **parameters):
    return client.get("/api/jobs/search", query_string=parameters)


@pytest.mark.parametrize("words", ["", "   ", "\t\n", "\0", "\x01\x7f\x85", "x" * 501])
def test_no_words_or_too_many_are_400(client, words):
    response = search(client, q=words)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert "q" in response.json["detail"]


def test_a_search_without_q_is_400_and_500_characters_are_fine(client):
    assert client.get("/api/jobs/search").status_code == 400
    assert search(client, q="é" * 500).status_code == 200


@pytest.mark.parametrize(
    "top", ["0", "51", "-1", "abc", "٣", "1e3", "1.0", "", " 5", "+5", "0x5", "1" * 5000]
)
def test_a_top_that_is_no_number_from_1_to_50_is_400(client, top):
    response = search(client, q="python", top=top)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.json["detail"].startswith("top: ")


def test_leading_zeros_do_not_carry_a_large_top_past_the_check(client):
    assert search(client, q="python", top="0000000019999").status_code == 400


@pytest.mark.parametrize("words", ["inox\0atelier", "\x1binox atelier\x7f", "inox\r\n\tatelier"])
def test_control_characters_are_spaces(client, words):
    response = search(client, q=words)
    assert response.json["query"]["q"] == "inox atelier"
    assert [job["title"] for job in response.json["results"]] == ["Soudeur TIG"]


@pytest.mark.parametrize(
    "words",
    [
        "soudeur 👩‍🏭🔥",
        "soudeur'; drop table marts.jobs; --",
        "soudeur %s %(x)s {} ${x}",
        "soudeur <script>alert(1)</script>",
        "soudeur \\ \" ' \u202e \ufeff",
    ],
)
def test_odd_text_is_only_text(client, published, words):
    response = search(client, q=words)
    assert response.json["query"]["q"] == words
    assert "Soudeur TIG" in [job["title"] for job in response.json["results"]]
    assert published.value("select count(*) from marts.jobs") == len(ADS)


def test_bytes_that_are_no_utf8_do_no_harm(client):
    assert (
        client.get("/api/jobs/search?q=soudeur%ff%c3").json["results"][0]["title"] == "Soudeur TIG"
    )
