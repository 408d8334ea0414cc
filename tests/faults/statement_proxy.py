"""A proxy between a process and PostgreSQL that counts statements, and does something at one of them: it
kills the process, unless it is told what else.

It reads the wire protocol and nothing else, so what it kills is the product as it is, whichever of its
libraries speaks to the server and over how many connections.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

import psutil
from psycopg2.extensions import make_dsn, parse_dsn

# Frontend: a simple query, a prepared one, and the end of what COPY brings.
STATEMENTS = frozenset(b"QPc")
# Backend: ready for the next query, or for what COPY brings or takes.
ANSWERED = frozenset(b"ZGH")
ENCRYPTION = {80877103, 80877104}  # asked for before the startup message: TLS, GSS


class Process(Protocol):
    pid: int
    returncode: int | None


@dataclass
class Passage:
    """One process on its way through the proxy; `at` None lets it through. `when` is before the statement
    reaches the server, or after it was answered, which the process does not get to know. `act` is what
    happens then; without it the process is killed."""

    at: int | None = None
    when: str = "before"
    act: Callable[[], None] | None = None
    count: int = 0
    struck: threading.Event = field(default_factory=threading.Event)
    process: Process | None = None
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)
    _is_started: threading.Event = field(default_factory=threading.Event)

    def is_of(self, process: Process) -> None:
        self.process = process
        self._is_started.set()

    def is_reached(self) -> bool:
        with self._one_at_a_time:
            self.count += 1
            return self.count == self.at

    @property
    def is_over(self) -> bool:
        return self.struck.is_set() and self.act is None

    def strike(self) -> None:
        self._is_started.wait()
        self.struck.set()
        if self.act:
            self.act()
            return
        with suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self.process.pid)
            for one in (*parent.children(recursive=True), parent):
                one.kill()


class StatementProxy:
    """Listens as long as the block lasts. Each connection belongs to the passage that is open."""

    def __init__(self, dsn: str):
        asked = parse_dsn(dsn)
        host, port = asked["host"], asked.get("port", "5432")
        self._server = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, int(port))
        self._passage = Passage()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = make_dsn(dsn, host="127.0.0.1", port=self._listening.getsockname()[1])

    def __enter__(self) -> "StatementProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def open_for(self, passage: Passage) -> None:
        self._passage = passage

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._link, args=(client,), daemon=True).start()

    def _link(self, client: socket.socket) -> None:
        family = socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET
        with suppress(OSError), client, socket.socket(family) as server:
            server.connect(self._server)
            _Link(self._passage, client, server).run()


class _Link:
    def __init__(self, passage: Passage, client: socket.socket, server: socket.socket):
        self._passage = passage
        self._client = client
        self._server = server
        self._is_last = False

    def run(self) -> None:
        back = threading.Thread(target=self._to_client, daemon=True)
        back.start()
        with suppress(OSError):
            self._to_server()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        back.join()

    def _to_server(self) -> None:
        stream = self._client.makefile("rb")
        if not self._begin(stream):
            return
        for message in _messages(stream):
            if message[0] in STATEMENTS and self._passage.is_reached():
                if self._passage.when == "before":
                    self._passage.strike()
                else:
                    self._is_last = True
            if self._passage.is_over:
                return
            self._server.sendall(message)

    def _begin(self, stream: BinaryIO) -> bool:
        """The startup message has no kind. Nothing is encrypted, or it could not be counted."""
        while len(size := stream.read(4)) == 4:
            body = stream.read(int.from_bytes(size) - 4)
            if int.from_bytes(body[:4]) not in ENCRYPTION:
                self._server.sendall(size + body)
                return True
            self._client.sendall(b"N")
        return False

    def _to_client(self) -> None:
        with suppress(OSError):
            for message in _messages(self._server.makefile("rb")):
                if self._is_last and message[0] in ANSWERED:
                    self._is_last = False
                    self._passage.strike()
                if self._passage.is_over:
                    break
                self._client.sendall(message)
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_RDWR)


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    with suppress(OSError):
        while len(head := stream.read(5)) == 5:
            yield head + stream.read(int.from_bytes(head[1:]) - 4)
