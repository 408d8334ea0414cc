"""`POST /api/recommend`: jobs like a text, for instance a CV."""

import pytest
import redis

CV = "Développement de flux en Python et SQL, entrepôt de données, dbt. Permis B."


def ask(client, text: str, **parameters):
    return client.post("/api/recommend", json={"text": text}, query_string=parameters)


def test_the_nearest_jobs_to_a_cv(client):
    response = ask(client, CV, top=2)
    assert response.status_code == 200, response.text
    titles = [job["title"] for job in response.json["results"]]
    assert titles == ["Ingénieure données Python (H/F)", "Analyste SQL"]
    assert [job["language"] for job in ask(client, CV, language="en").json["results"]] == ["en"]


def test_the_text_is_neither_repeated_nor_kept(client, empty_cache):
    response = ask(client, CV)
    assert "Permis" not in response.text
    with redis.Redis.from_url(empty_cache) as memory:
        keys = list(memory.scan_iter("jobdash:recommend_to_text:*"))
        assert len(keys) == 1
        assert b"Permis" not in memory.get(keys[0]) + keys[0]
    assert ask(client, CV).headers["X-Cache"] == "hit"
    assert ask(client, CV + " Soudure.").headers["X-Cache"] == "miss"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"null", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"{}", 400),
        (b'{"text": ""}', 400),
        (b'{"text": 5}', 400),
        (b'{"text": "a", "more": 1}', 400),
        (b'{"text": "\xff"}', 400),
        (b'{"text": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 10_000, 400),
        (b'{"text": "' + b"x" * 20_001 + b'"}', 400),
        (b'{"text": "' + b"x" * 200_000 + b'"}', 413),
        (b'{"text": "\\u0000\\u0001"}', 200),
        ('{"text": "👩‍🏭"}'.encode(), 200),
    ],
)
def test_bodies_that_are_none_are_told_so(client, body, status):
    response = client.post("/api/recommend", data=body, content_type="application/json")
    assert response.status_code == status, response.text
    if status >= 400:
        assert response.mimetype == "application/problem+json"
        assert "xxxx" not in response.text
