"""Keys, limits, other sites' pages: off unless set, and told when on."""

import pytest

from core.errors import SettingsError
from serve.keys import line_of, new_key

SEARCH = "/api/jobs/search?q=python"


@pytest.fixture
def keyed(published, empty_cache, tmp_path):
    key, file = new_key(), tmp_path / "keys"
    file.write_text(f"# clients\n\n{line_of('reports team', key)}\n")
    return published.client(api_keys_file=file), key


def test_without_a_key_the_api_is_closed_where_keys_are_in_use(keyed):
    client, key = keyed
    for headers in (
        {},
        {"X-API-Key": "jd_wrong"},
        {"Authorization": "Basic eDp5"},
        {"X-API-Key": key[:-1]},
    ):
        refused = client.get(SEARCH, headers=headers)
        assert (refused.status_code, refused.mimetype) == (401, "application/problem+json")
        assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert client.post("/api/recommend", json={"text": "python"}).status_code == 401
    for open_to_all in ("/livez", "/readyz", "/", "/api/openapi.json"):
        assert client.get(open_to_all).status_code == 200


@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
def test_with_a_key_it_answers(keyed, header):
    client, key = keyed
    value = f"Bearer {key}" if header == "Authorization" else key
    assert client.get(SEARCH, headers={header: value}).status_code == 200


@pytest.mark.parametrize("content", ["nodigest", "name abc", f"name {'g' * 64}"])
def test_a_file_of_keys_that_cannot_be_read_is_refused(published, tmp_path, content):
    file = tmp_path / "keys"
    file.write_text(content)
    with pytest.raises(SettingsError, match="line 1"):
        published.client(api_keys_file=file)
    with pytest.raises(SettingsError, match="No such file"):
        published.client(api_keys_file=tmp_path / "none")


def test_a_client_that_asks_too_much_is_told_when_to_come_again(published, empty_cache):
    client = published.client(rate_limit="3/minute")
    left = [client.get(SEARCH).headers["X-RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    # another process counts on with the same numbers
    refused = published.client(rate_limit="3/minute").get(SEARCH)
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert client.get("/livez").status_code == 200
    other = client.get(SEARCH, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


def test_limits_hold_without_redis_too(published, dead_redis):
    client = published.client(rate_limit="2/minute", redis_url=dead_redis)
    assert [client.get(SEARCH).status_code for _ in range(3)] == [200, 200, 429]


def test_an_address_behind_a_proxy_is_believed_as_often_as_said(published, empty_cache):
    headers = {"X-Forwarded-For": "192.0.2.7"}
    client = published.client(rate_limit="1/minute")
    assert client.get(SEARCH).status_code == 200
    assert client.get(SEARCH, headers=headers).status_code == 429
    behind = published.client(rate_limit="1/minute", trusted_proxies=1)
    assert behind.get(SEARCH, headers=headers).status_code == 200
    assert behind.get(SEARCH, headers=headers).status_code == 429


def test_pages_of_other_sites_may_ask_only_where_they_are_named(published, empty_cache):
    headers = {"Origin": "https://jobs.example.org"}
    closed = published.client().get(SEARCH, headers=headers)
    assert "Access-Control-Allow-Origin" not in closed.headers
    opened = published.client(cors_origins="https://jobs.example.org https://other.example.org")
    answer = opened.get(SEARCH, headers=headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://jobs.example.org"
    other = opened.get(SEARCH, headers={"Origin": "https://evil.example.org"})
    assert "Access-Control-Allow-Origin" not in other.headers


def test_a_browser_may_ask_whether_it_may_ask_without_a_key(published, empty_cache, tmp_path):
    file = tmp_path / "keys"
    file.write_text(line_of("page", new_key()))
    client = published.client(api_keys_file=file, cors_origins="https://jobs.example.org")
    headers = {
        "Origin": "https://jobs.example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "X-API-Key",
    }
    asked = client.options(SEARCH, headers=headers)
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == "https://jobs.example.org"


@pytest.mark.parametrize("limit", ["600", "lots", "10/fortnight"])
def test_a_limit_that_cannot_be_read_is_refused(published, limit):
    with pytest.raises(SettingsError, match="600/minute"):
        published.client(rate_limit=limit)


def test_questions_of_our_own_need_no_key_and_count_for_nobody(keyed, published, empty_cache):
    client, _ = keyed
    assert client.get(SEARCH, environ_base={"jobdash.own": True}).status_code == 200
    assert client.get(SEARCH, headers={"jobdash.own": "1"}).status_code == 401
    limited = published.client(rate_limit="1/minute")
    for _ in range(3):
        assert limited.get(SEARCH, environ_base={"jobdash.own": True}).status_code == 200
