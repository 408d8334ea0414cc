"""Runs the API under granian until it is told to stop."""

import os
import shutil
import time
from pathlib import Path
from threading import Thread

import requests
from granian import Granian
from granian.constants import Interfaces

from core.settings import Settings
from pipeline.addresses import Addresses
from pipeline.progress import say, seconds

# Requests mostly wait for PostgreSQL.
THREADS = 4
# A worker that is told to end before it listens does not hear it.
END_WITHIN_S = 5
TOLD_WITHIN_S = 60


def serve(settings: Settings, addresses: Addresses) -> None:
    """Returns when Ctrl-C or SIGTERM ended the workers."""
    _count_together(settings.local_folder / "metrics")
    import serve.worker  # noqa: F401 - here once, before the workers are forked off, and not in each

    os.environ["DATABASE_URL"] = addresses.database_url
    os.environ["REDIS_URL"] = addresses.redis_url
    Thread(target=_tell_when_ready, args=(settings,), daemon=True).start()
    Granian(
        "serve.worker:create_worker",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        workers_kill_timeout=END_WITHIN_S,
        respawn_failed_workers=True,
        log_level="error",
    ).serve()


def _count_together(folder: Path) -> None:
    """All workers count into files of one folder, of which each can tell the sums."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _tell_when_ready(settings: Settings) -> None:
    """The workers take seconds to import what they need; a newcomer should not try before."""
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104
    where, began = f"http://{host}:{settings.port}", time.monotonic()
    while time.monotonic() - began < TOLD_WITHIN_S:
        try:
            requests.get(f"{where}/livez", timeout=5)
        except requests.RequestException:
            time.sleep(0.1)
            continue
        say(f"serving       {where}/ after {seconds(began)} (Ctrl-C ends it)")
        say(f"  try         curl '{where}/api/jobs/search?q=python&top=3'")
        return
