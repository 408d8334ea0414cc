"""One computes a missing answer, the others wait for it."""

import threading
import time
from functools import partial

import pytest
import redis

from serve.redis_server import connect

SEARCH = "/api/jobs/search?q=python"
ASKING = 6


class Slow:
    """A search that waits until it is let go, and counts."""

    def __init__(self, monkeypatch):
        from ml.model import Model

        self.searches, self.begun, self.let_go = 0, threading.Event(), threading.Event()
        search = Model.search

        def slowly(model, *asked):
            self.searches += 1
            self.begun.set()
            assert self.let_go.wait(10)
            return search(model, *asked)

        monkeypatch.setattr(Model, "search", slowly)


def ask_at_once(clients, address: str = SEARCH):
    answers = []
    threads = [
        threading.Thread(target=lambda c=client: answers.append(c.get(address)))
        for client in clients
    ]
    for thread in threads:
        thread.start()
    return threads, answers


@pytest.fixture
def processes(published, empty_cache, monkeypatch):
    """As many applications, as in processes of their own: they share Redis alone, which may take its
    time on a busy machine."""
    monkeypatch.setattr("serve.redis_server.connect", partial(connect, timeout_s=5))
    clients = [published.client() for _ in range(ASKING)]
    assert clients[0].get("/api/jobs/search?q=soudeur").status_code == 200  # tells the publication
    return clients


def test_one_computes_and_the_others_wait(processes, monkeypatch):
    slow = Slow(monkeypatch)
    first, answers = ask_at_once(processes[:1])
    assert slow.begun.wait(10)
    others, more = ask_at_once(processes[1:])
    slow.let_go.set()
    for thread in (*first, *others):
        thread.join(10)
    assert slow.searches == 1
    assert answers[0].headers["X-Cache"] == "miss"
    assert {answer.headers["X-Cache"] for answer in more} <= {"waited", "hit"}
    results = [answer.json["results"] for answer in (*answers, *more)]
    assert len(results) == ASKING
    assert all(result == results[0] for result in results)


def test_who_waited_too_long_computes_too(processes, monkeypatch):
    monkeypatch.setattr("serve.cache.TURN_S", 0.3)
    slow = Slow(monkeypatch)
    threads, answers = ask_at_once(processes[:2])
    assert slow.begun.wait(10)
    ends = time.monotonic() + 5
    while slow.searches < 2:
        assert time.monotonic() < ends
        time.sleep(0.01)
    slow.let_go.set()
    for thread in threads:
        thread.join(10)
    assert {answer.status_code for answer in answers} == {200}


def test_a_turn_that_fails_is_given_on_at_once(processes, monkeypatch):
    unknown = "/api/recommend?job_id=00000000-0000-0000-0000-000000000001"
    began = time.monotonic()
    assert [client.get(unknown).status_code for client in processes] == [404] * ASKING
    assert time.monotonic() - began < 1


def test_no_turn_is_left_behind(processes, empty_cache):
    for process in processes:  # one computes, the others find it
        assert process.get(SEARCH).status_code == 200
    with redis.Redis.from_url(empty_cache) as memory:
        assert list(memory.scan_iter("turn:*")) == []
