"""A client that sends bytes as they are, and says what became of them."""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from traffic.hostile import DRIP_S, Attempt

HOST = "127.0.0.1"
# A hostile client that has not sent all does not wait long.
PATIENCE_S, DUE_WITHIN_S = 0.05, 20
CUT, NO_ANSWER, LEFT = "cut", "no answer", "went away"
RESET_AT_CLOSE = struct.pack("ii", 1, 0)
STATUS_IS_HERE = 12  # bytes: "HTTP/1.1 200"


def outcome_of(port: int, attempt: Attempt) -> str:
    """The status, or what came in place of one."""
    with socket.create_connection((HOST, port), DUE_WITHIN_S) as connection:
        # a server may refuse before all is sent; what it said can still be read
        with suppress(OSError):
            _send(connection, attempt)
        if attempt.rude:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
            return LEFT
        return _answer(connection, attempt)


@contextmanager
def open_with(port: int, sent: bytes) -> Iterator[socket.socket]:
    """A connection that stays open behind these bytes."""
    with socket.create_connection((HOST, port), DUE_WITHIN_S) as connection:
        connection.sendall(sent)
        yield connection


def _send(connection: socket.socket, attempt: Attempt) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for place, piece in enumerate(attempt.pieces):
        if place:
            time.sleep(DRIP_S / len(attempt.pieces))
        connection.sendall(piece)


def _answer(connection: socket.socket, attempt: Attempt) -> str:
    connection.settimeout(DUE_WITHIN_S if attempt.whole else PATIENCE_S)
    received = b""
    try:
        while some := connection.recv(1 << 16):
            received = (received + some)[:STATUS_IS_HERE]
            connection.settimeout(PATIENCE_S)
    except TimeoutError:
        if not received:
            return NO_ANSWER if attempt.whole else LEFT
    except OSError:
        pass  # reset: behind an answer that was sent, where not all of the request was read
    return received[9:12].decode("latin-1") if received.startswith(b"HTTP/1.") else CUT
