"""Rows in the binary format of COPY.

PostgreSQL takes it faster than text: a line is neither looked through for its end nor for escapes, and
moments and numbers are not read from words. The format is told in PostgreSQL's documentation of COPY.
"""

import io
import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from psycopg2.extensions import cursor as Cursor

_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_TRAILER = struct.pack("!h", -1)
_LENGTH = struct.Struct("!i")
_INTEGER = struct.Struct("!ii")
_BIGINT = struct.Struct("!iq")
_UUID_LENGTH = _LENGTH.pack(16)
_NULL = _LENGTH.pack(-1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def copy_rows(cursor: Cursor, table: str, columns: str, same: bytes, rows: Sequence[bytes]) -> None:
    """Rows of the fields below, in the order of `columns`; `same` are the first ones, which all rows
    share. Names of tables and columns are ours, never those of others."""
    if not rows:
        return
    names = columns.split(", ")
    head = struct.pack("!h", len(names)) + same
    body = b"".join((_HEADER, head, head.join(rows), _TRAILER))
    # In one piece: for each piece the driver waits for its turn among Python's threads, up to 5 ms.
    cursor.copy_expert(
        f"copy {table} ({columns}) from stdin with (format binary)", io.BytesIO(body), len(body)
    )


def text(value: str | None) -> bytes:
    return _NULL if value is None else field(value.encode())


def json(value: bytes) -> bytes:
    """jsonb; its first byte is the version of the format."""
    return field(b"\1" + value)


def integer(value: int) -> bytes:
    return _INTEGER.pack(4, value)


def bigint(value: int) -> bytes:
    return _BIGINT.pack(8, value)


def moment(value: datetime) -> bytes:
    return bigint((value - _EPOCH) // _MICROSECOND)


def uuid(value: bytes) -> bytes:
    return _UUID_LENGTH + value


def field(value: bytes) -> bytes:
    return _LENGTH.pack(len(value)) + value
