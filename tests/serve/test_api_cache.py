"""Answers through Redis, and without it."""

import json
import socket
import time
from datetime import UTC, datetime

import pytest
import redis
from written_ads import ADS

from core.publication import Publication
from pipeline.services import LocalServices
from serve.cache import CURRENT, FORM, Cache
from serve.redis_server import RedisServer

SEARCH = "/api/jobs/search?q=python"
NOT_OURS = [b"", b"{", b'{"batch_id": 1, ', b"null", b"[]", b"7", b'"x"', b"\xff\xfe", b"[" * 9999]
PUBLISHED_MODEL = "select model_version from ops.publication"
OF_SEARCHES = "jobdash:search:*"


@pytest.fixture
def memory(empty_cache):
    with redis.Redis.from_url(empty_cache) as client:
        yield client


def ask(client, address: str = SEARCH) -> tuple[str, dict]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    told = response.json
    del told["took_ms"]
    return response.headers["X-Cache"], told


def until(happens, within_s: float = 5.0):
    """Its first true value."""
    ends = time.monotonic() + within_s
    while not (value := happens()):
        assert time.monotonic() < ends, "it never happened"
    return value


@pytest.mark.parametrize("address", [SEARCH, "/api/recommend?job_id={job_id}"])
def test_the_second_answer_is_the_first(client, published, address):
    address = address.format(job_id=ADS[0].job_id)
    missed, first = ask(client, address)
    hit, second = ask(client, address)
    assert (missed, hit) == ("miss", "hit")
    assert second == first
    # another process has it from Redis
    assert ask(published.client(), address) == ("hit", first)


def test_keys_carry_model_and_batch_and_live_an_hour_or_so(client, memory):
    ask(client)
    (key,) = memory.scan_iter(OF_SEARCHES)
    assert key.startswith(f"jobdash:search:mtfidf_v20260108:b1:f{FORM}:".encode())
    assert 2000 < memory.ttl(key) < 4500
    assert 0 < memory.ttl(CURRENT) <= 10


def test_other_words_and_another_top_are_other_answers(client):
    _, first = ask(client)
    for other in (SEARCH + "&top=1", SEARCH + "+sql", "/api/jobs/search?q=soudeur"):
        assert ask(client, other)[0] == "miss"
        assert ask(client, other)[1] != first


def test_after_a_publication_another_key_is_asked(world, memory):
    client = world.client()
    assert ask(client)[1]["batch_id"] == 1
    world.publish(2, ADS[:1])
    until(lambda: ask(client)[1]["batch_id"] == 2)
    assert len(ask(client)[1]["results"]) == 1
    assert {key.split(b":")[3] for key in memory.scan_iter(OF_SEARCHES)} == {b"b1", b"b2"}


def test_a_publication_that_nobody_announced_is_not_mixed_with_the_one_before(world, memory):
    client = world.client()
    ask(client, "/api/jobs/search?q=python&top=1")
    announced = memory.get(CURRENT)
    world.publish(2, ADS)
    memory.set(CURRENT, announced)
    _, told = ask(client, "/api/jobs/search?q=soudeur")
    assert (told["batch_id"], told["model_version"]) == (2, world.query(PUBLISHED_MODEL)[0][0])


def test_a_reader_that_began_before_a_publication_does_not_hide_it(empty_cache):
    older, newer = (
        Publication(number, f"tfidf_v2026010{number}", datetime(2026, 1, number, tzinfo=UTC))
        for number in (8, 9)
    )
    cache = Cache(RedisServer(empty_cache))
    cache.remember_publication(newer)
    cache.remember_publication(older)
    assert cache.publication() == newer


@pytest.mark.parametrize("written", NOT_OURS)
def test_a_cut_or_foreign_answer_counts_as_none(published, client, memory, written):
    _, right = ask(client)
    (key,) = memory.scan_iter(OF_SEARCHES)
    memory.set(key, written)
    assert ask(published.client()) == ("miss", right)
    assert json.loads(memory.get(key)) == right


@pytest.mark.parametrize("written", [*NOT_OURS, b'{"batch_id": 1, "published_at": 5}'])
def test_a_cut_or_foreign_record_of_the_publication_counts_as_none(client, memory, written):
    memory.set(CURRENT, written)
    missed, right = ask(client)
    assert missed == "miss"
    assert ask(client) == ("hit", right)


def test_values_of_another_kind_under_our_keys_do_no_harm(published, client, memory):
    _, right = ask(client)
    for key in list(memory.scan_iter("jobdash:*")):
        memory.delete(key)
        memory.rpush(key, "x")
    assert ask(published.client())[1] == right


def test_without_redis_the_answers_are_the_same_and_readyz_says_degraded(
    published, client, dead_redis
):
    alone = published.client(redis_url=dead_redis)
    for _ in range(2):
        assert ask(alone) == ("miss", ask(client)[1])
    ready = alone.get("/readyz")
    assert (ready.status_code, ready.json["status"], ready.json["cache"]) == (
        200,
        "degraded",
        "gone",
    )
    assert client.get("/readyz").json["status"] == "ok"


def test_a_redis_that_comes_back_is_used_again(published, tmp_path):
    services = LocalServices(tmp_path)
    client = published.client(redis_url=services.start_cache())
    try:
        ask(client)
        _, right = ask(client)
        services.stop_cache()
        until(lambda: client.get("/readyz").json["status"] == "degraded")
        assert ask(client)[1] == right
        services.start_cache()
        until(lambda: client.get("/readyz").json["status"] == "ok")
        ask(client)
        assert ask(client) == ("hit", right)
        assert ask(published.client(redis_url=services.start_cache())) == ("hit", right)
    finally:
        services.stop_cache()


def test_a_redis_that_hangs_is_waited_for_once_and_then_left_alone(published):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        alone = published.client(redis_url=f"redis://127.0.0.1:{mute.getsockname()[1]}/0")
        ask(alone)
        began = time.monotonic()
        for _ in range(3):
            ask(alone)
        assert time.monotonic() - began < 0.2
