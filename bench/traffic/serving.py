"""Servers to ask: `jobdash serve` in a process of its own, with the database and the cache it needs."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import requests
from scratch import own_server

from core.paths import ROOT
from pipeline.services import LocalServices

HOST = "127.0.0.1"
WORKERS = 2
READY_WITHIN_S, END_WITHIN_S = 60, 15
LINES_TOLD = 25  # of a log: a traceback


@dataclass(frozen=True)
class Served:
    """A server that answers. `log` is what it wrote to its standard error."""

    process: subprocess.Popen
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def is_up(self) -> bool:
        return self.process.poll() is None

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-LINES_TOLD:])

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def resident(self) -> int:
        """Bytes of all its processes; pages that they share count in each."""
        everyone = [psutil.Process(self.process.pid), *self.workers()]
        return sum(process.memory_info().rss for process in everyone)


@contextmanager
def own_services(folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """The addresses of a database server and of a cache that run until the block ends; without a
    folder they leave nothing."""
    with TemporaryDirectory(prefix="jobdash-cache-") as scratch, own_server(folder) as server_dsn:
        services = LocalServices(folder or Path(scratch))
        try:
            yield server_dsn, services.start_cache()
        finally:
            services.stop_cache()


@contextmanager
def jobdash_served(
    database_url: str, redis_url: str, folder: Path, model_store: Path
) -> Iterator[Served]:
    """With nothing of the user's environment."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "JOBDASH_LOCAL": str(folder),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MODEL_STORE": str(model_store),
        "HOST": HOST,
        "PORT": str(port),
        "WORKERS": str(WORKERS),
    }
    command = [str(Path(sys.executable).with_name("jobdash")), "serve"]
    with _running(command, environment, port, "/readyz", folder) as served:
        yield served


@contextmanager
def empty_view_served(folder: Path) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("empty_view.py")), str(port)]
    with _running(command, os.environ, port, "/", folder) as served:
        yield served


def free_port() -> int:
    with socket.create_server((HOST, 0)) as free:
        return free.getsockname()[1]


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], port: int, path: str, folder: Path
) -> Iterator[Served]:
    log = folder / f"served-{port}.log"
    # not a pipe: a server that complains a lot would wait for somebody to read it
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors
        )
    served = Served(process, port, log)
    try:
        _wait_until_ready(served, path)
        yield served
    finally:
        _end(served)


def _wait_until_ready(served: Served, path: str) -> None:
    ends = time.monotonic() + READY_WITHIN_S
    while served.is_up and time.monotonic() < ends:
        try:
            if requests.get(served.address + path, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    sys.exit(f"The server does not answer:\n{served.last_words()}")


def _end(served: Served) -> None:
    if not served.is_up:
        return
    workers = served.workers()
    served.process.send_signal(signal.SIGTERM)
    try:
        served.process.wait(END_WITHIN_S)
    except subprocess.TimeoutExpired:
        served.process.kill()
        served.process.wait()
    for worker in psutil.wait_procs(workers, timeout=1)[1]:
        worker.kill()
