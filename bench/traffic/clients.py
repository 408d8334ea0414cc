"""Clients that ask as fast as they are answered, each a process with a connection that it keeps.

On a plain socket a request costs a client some 30 microseconds, where the usual libraries need 300
and would be measured in place of the server.
"""

import socket
import time
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import numpy as np

from traffic.figures import Figures

HOST = "127.0.0.1"
ANSWER_WITHIN_S = 30
OK, CUT = "200", "cut"


@dataclass
class _Answers:
    """Of one client: seconds of each request, and when the first began and the last ended."""

    latencies: array = field(default_factory=lambda: array("d"))
    statuses: Counter[str] = field(default_factory=Counter)
    cached: int = 0
    began: float = 0.0
    ended: float = 0.0


class Clients:
    """Processes that wait for work until the block ends."""

    def __init__(self, count: int):
        context = get_context("spawn")  # this process has threads and much in memory
        self._count = count
        self._pool = context.Pool(count, _meet_at, (context.Barrier(count),))

    def __enter__(self) -> "Clients":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.terminate()
        self._pool.join()

    def ask_again(self, port: int, path: str, seconds: float) -> Figures:
        """All of them the same, over new connections."""
        return self._ask([(port, [path], seconds, True)] * self._count)

    def ask_once(self, port: int, paths: Sequence[str], seconds: float) -> Figures:
        """Each path at most once, until the time or the paths are up."""
        parts = [paths[client :: self._count] for client in range(self._count)]
        return self._ask([(port, part, seconds, False) for part in parts])

    def _ask(self, tasks: Iterable[tuple]) -> Figures:
        # each task waits for all others to begin, so that every process has exactly one
        parts = self._pool.starmap(_ask, tasks, chunksize=1)
        latencies = np.concatenate([part.latencies for part in parts])
        statuses = sum((part.statuses for part in parts), Counter())
        seconds = max(part.ended for part in parts) - min(part.began for part in parts)
        p50, p99 = np.percentile(latencies, (50, 99)) * 1e3
        return Figures(
            a_second=len(latencies) / seconds,
            p50_ms=float(p50),
            p99_ms=float(p99),
            faults={status: count for status, count in statuses.items() if status != OK},
            cached=sum(part.cached for part in parts),
        )


_barrier: Barrier


def _meet_at(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def _ask(port: int, paths: Sequence[str], seconds: float, again: bool) -> _Answers:
    answers = _Answers()
    with closing(_Connection(port)) as connection:
        _barrier.wait()
        answers.began = answers.ended = time.monotonic()
        for path in cycle(paths) if again else paths:
            sent = time.monotonic()
            if sent - answers.began >= seconds:
                break
            status, was_cached = connection.get(path)
            answers.ended = time.monotonic()
            answers.latencies.append(answers.ended - sent)
            answers.statuses[status] += 1
            answers.cached += was_cached
    return answers


class _Connection:
    """Kept alive; a new one takes its place where it was cut."""

    def __init__(self, port: int):
        self._address = (HOST, port)
        self._socket = self._connect()

    def get(self, path: str) -> tuple[str, bool]:
        """The status, and whether the API had the answer in its cache."""
        try:
            self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            head = self._receive()
        except OSError:
            self.close()
            self._socket = self._connect()
            return CUT, False
        return head[9:12].decode(), b"\r\nx-cache: hit" in head

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> bytes:
        """The head of an answer in lower case, once its body is here too."""
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._some()
        head = received[:end].lower()
        length = int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
        missing = end + 4 + length - len(received)
        while missing > 0:
            missing -= len(self._some())
        return head

    def _some(self) -> bytes:
        some = self._socket.recv(1 << 18)
        if not some:
            raise ConnectionResetError
        return some

    def _connect(self) -> socket.socket:
        return socket.create_connection(self._address, ANSWER_WITHIN_S)
