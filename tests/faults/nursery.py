"""Processes of the command line that are born with everything imported.

What is killed a thousand times has to start in no time; imports would be nine tenths of it. Each is a
process of its own that runs `jobdash` from its first line.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from core.paths import ROOT


class Child:
    """As much of `subprocess.Popen` as is needed."""

    def __init__(self, nursery: "Nursery", pid: int, told: Path):
        self._nursery = nursery
        self._told = told
        self.pid = pid
        self.returncode: int | None = None

    def communicate(self, timeout: float) -> tuple[str, str]:
        self.returncode = self._nursery.wait(self, timeout)
        return "", self._told.read_text(errors="replace")


class Nursery:
    """One child at a time; the block ends it."""

    def __init__(self, folder: Path):
        self._told = folder / "told"

    def __enter__(self) -> "Nursery":
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait()

    def start(self, arguments: tuple[str, ...], environment: dict[str, str]) -> Child:
        order = {"arguments": arguments, "environment": environment, "told": str(self._told)}
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return Child(self, int(self._process.stdout.readline()), self._told)

    def wait(self, child: Child, timeout: float) -> int:
        late = threading.Timer(timeout, os.kill, (child.pid, signal.SIGKILL))
        late.start()
        code = int(self._process.stdout.readline())
        assert late.is_alive(), f"it did not end within {timeout:.0f} s"
        late.cancel()
        return code


def _import_all() -> None:
    """Also what a stage imports only when it needs it: of a kill of `validate` that was half the time."""

    import pipeline.batch
    import pipeline.cli  # noqa: F401


def _be_born(order: dict) -> None:
    os.setsid()
    told = os.open(order["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["jobdash", *order["arguments"]]
    from pipeline.cli import main

    main()


def nurse() -> None:
    _import_all()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _be_born(json.loads(line))
            sys.exit(0)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    nurse()
