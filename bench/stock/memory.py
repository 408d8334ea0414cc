"""The most memory that a piece of work held: this process, in which dbt runs, and PostgreSQL's."""

from dataclasses import dataclass
from threading import Event, Thread

import psutil

SAMPLE_EVERY_S = 0.5
MIB = 1024 * 1024


@dataclass(frozen=True)
class Peak:
    """MiB. A page that several of PostgreSQL's processes share counts once; None where they cannot be
    looked at, as on another machine."""

    dbt: float
    postgres: float | None


class Memory:
    """Looks at both twice a second, from `with` until the block ends; then `peak` is there."""

    def __init__(self, backend_pid: int):
        self._own = psutil.Process()
        self._postmaster = _parent(backend_pid)
        self._dbt = self._postgres = 0
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def peak(self) -> Peak:
        return Peak(self._dbt / MIB, self._postgres / MIB if self._postgres else None)

    def _look(self) -> None:
        while not self._ended.wait(SAMPLE_EVERY_S):
            self._dbt = max(self._dbt, self._own.memory_full_info().uss)
            if self._postmaster:
                self._postgres = max(self._postgres, _shared_once(self._postmaster))


def _parent(pid: int) -> psutil.Process | None:
    try:
        parent = psutil.Process(pid).parent()
    except psutil.Error:
        return None
    return parent if parent and "postgres" in parent.name() else None


def _shared_once(postmaster: psutil.Process) -> int:
    """Bytes of a server and its processes, each with its part of what they share."""
    held = 0
    for process in (postmaster, *postmaster.children()):
        try:
            held += process.memory_full_info().pss
        except psutil.Error:  # it has ended, or belongs to somebody else
            continue
    return held
