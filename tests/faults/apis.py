"""The API of a world, served for real."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from worlds import LONGEST_S, World

from core.paths import ROOT


@dataclass(frozen=True)
class Api:
    where: str
    log: Path

    def status(self, path: str) -> int:
        return requests.get(self.where + path, timeout=30).status_code

    def said(self) -> str:
        return self.log.read_text()


@contextmanager
def api(world: World, name: str) -> Iterator[Api]:
    """`jobdash serve` with one worker, from when it lives until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    served = Api(f"http://127.0.0.1:{port}", world.house.folder / f"{name}.log")
    with served.log.open("w") as log:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("jobdash"), "serve"],
            env=world.house.environment(PORT=str(port), WORKERS="1"),
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for_life(process, served)
        yield served
    finally:
        process.terminate()
        process.wait(LONGEST_S)


def _wait_for_life(process: subprocess.Popen, served: Api) -> None:
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        assert process.poll() is None, f"it ended at once: {served.said()}"
        try:
            if served.status("/livez") == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("it never answered")
