"""`jobdash serve` in a process of its own: granian, its workers, and their end."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
import requests


@contextmanager
def served(world, **settings: str) -> Iterator[tuple[subprocess.Popen, str]]:
    """The process and its address, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "WORKERS": "2"} | settings
    process = world.jobdash("serve", MODEL_STORE=str(world.store), **settings)
    where = f"http://127.0.0.1:{port}"
    try:
        wait_for_life(process, where)
        yield process, where
    finally:
        for left in psutil.Process(process.pid).children(recursive=True) if alive(process) else []:
            left.kill()
        process.kill()
        process.communicate()


def alive(process: subprocess.Popen) -> bool:
    return process.poll() is None


def wait_for_life(process: subprocess.Popen, where: str) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        assert alive(process), process.communicate()
        try:
            if requests.get(f"{where}/livez", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("it never answered")


def test_with_an_address_to_read_from_alone_it_migrates_nothing_and_starts_no_server(
    published, empty_cache
):
    alone = {"DATABASE_URL": "", "DATABASE_READ_URL": published.database_url}
    with served(published, **alone) as (_, where):
        assert requests.get(f"{where}/readyz", timeout=10).json()["database"] == "ok"
    assert not (published.folder / "postgres").exists()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_ends_cleanly_when_told(published, empty_cache, ending):
    with served(published) as (process, where):
        answer = requests.get(f"{where}/api/jobs/search?q=soudeur", timeout=10)
        assert [job["title"] for job in answer.json()["results"]] == ["Soudeur TIG"]
        again = requests.get(f"{where}/api/jobs/search?q=soudeur", timeout=10)
        assert again.headers["X-Cache"] == "hit"
        assert again.json()["results"] == answer.json()["results"]
        assert requests.get(f"{where}/readyz", timeout=10).json()["status"] == "ok"
        missing = requests.get(f"{where}/none", timeout=10)
        assert missing.headers["Content-Type"] == "application/problem+json"

        workers = psutil.Process(process.pid).children(recursive=True)
        assert len(workers) >= 2
        process.send_signal(ending)
        output, errors = process.communicate(timeout=15)
        assert process.returncode == 0, errors
        assert "Traceback" not in output + errors
        _, still_there = psutil.wait_procs(workers, timeout=5)
        assert still_there == []
        port = int(where.rpartition(":")[2])
        socket.create_server(("127.0.0.1", port)).close()


def test_a_server_that_was_killed_leaves_no_worker_that_goes_on_answering(published, empty_cache):
    with served(published) as (process, where):
        workers = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
        _, left = psutil.wait_procs(workers, timeout=10)
        for worker in left:
            worker.kill()
        assert left == []
        port = int(where.rpartition(":")[2])
        socket.create_server(("127.0.0.1", port)).close()
