"""Beside the answers: publications are heard, busy questions answered anew, and all is counted."""

import time

import pytest
import redis
import requests
from test_served import served
from written_ads import ADS

from serve.busiest import BUSIEST

SEARCH = "/api/jobs/search?q=python"


def until(happens, within_s: float = 15.0):
    ends = time.monotonic() + within_s
    while not (value := happens()):
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.05)
    return value


@pytest.fixture
def memory(world):
    with redis.Redis.from_url(world.redis_url) as client:
        yield client


def test_a_publication_is_answered_before_anybody_asks(world, memory):
    memory.zadd(BUSIEST, {SEARCH: 40, "/api/suggest?q=p": 2})
    with served(world) as (_, where):
        requests.get(f"{where}/readyz", timeout=10)
        until(lambda: list(memory.scan_iter("jobdash:search:*:b1:*")))
        world.publish(2, ADS)
        until(lambda: list(memory.scan_iter("jobdash:search:*:b2:*")))
        until(lambda: list(memory.scan_iter("jobdash:suggest:*:b2:*")))
        answer = requests.get(f"{where}{SEARCH}", timeout=10)
        assert (answer.headers["X-Cache"], answer.json()["batch_id"]) == ("hit", 2)
        assert memory.zscore(BUSIEST, SEARCH) < 40, "what was asked long ago weighs less"


def test_what_is_asked_is_counted_for_all_processes_together(world, memory):
    with served(world, WORKERS="2") as (_, where):
        for _ in range(20):
            assert requests.get(f"{where}{SEARCH}", timeout=10).ok
        requests.get(f"{where}/api/jobs/1234", timeout=10)
        requests.get(f"{where}/nowhere/secret", timeout=10)
        until(lambda: (memory.zscore(BUSIEST, SEARCH) or 0) >= 20, within_s=30)
        told = {requests.get(f"{where}/metrics", timeout=10).text for _ in range(4)}
    numbers = dict(
        line.rsplit(" ", 1) for line in max(told, key=len).splitlines() if not line.startswith("#")
    )
    searches = numbers['jobdash_request_seconds_count{route="/api/jobs/search",status="200"}']
    assert float(searches) >= 20
    assert float(numbers['jobdash_answers_total{cache="hit"}']) >= 15
    assert 'jobdash_request_seconds_count{route="/api/jobs/<job_id>",status="400"}' in numbers
    assert not any("secret" in text or "python" in text for text in told)


def test_a_worker_that_is_killed_has_its_place_taken(world):
    import psutil

    with served(world) as (process, where):
        server = psutil.Process(process.pid)
        before = {child.pid for child in server.children()}
        server.children()[0].kill()
        until(lambda: len({child.pid for child in server.children()} - before) == 1)
        assert until(lambda: answers(where))
        assert process.poll() is None


def answers(where: str) -> bool:
    try:
        return requests.get(f"{where}{SEARCH}", timeout=5).ok
    except requests.ConnectionError:
        return False
