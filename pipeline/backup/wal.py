"""WAL as the server writes it, received by pg_receivewal through a replication slot.

Not by `archive_command`: this needs no restart, no file on the server's machine and no folder that both
may write, and what is lost is seconds, not a segment. A slot keeps WAL while nobody receives; each
slot has a folder of its own, so that a server that was restored, or whose slot gave up, begins a new one.
"""

import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import psycopg2.errors
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from core.database import transaction
from core.errors import BackupFailed, SettingsError
from pipeline.backup.store import BackupStore, remove, stamp_now
from pipeline.backup.tools import Tools, environment

CAUGHT_UP_WITHIN_S = 120
PARTIAL = ".partial"
NAME_LENGTH = 24


def slot_of(folder: Path) -> str:
    return f"jobdash_{folder.name.lower()}"


def wal_folder(connection: Connection, store: BackupStore) -> Path:
    """Where the WAL of this server goes; its slot is made where it is missing or has given up."""
    with store.alone("wal.lock"), transaction(connection) as cursor:
        cursor.execute("select slot_name, wal_status from pg_replication_slots")
        slots = dict(cursor.fetchall())
        for folder in _folders(store):
            status = slots.get(slot_of(folder))
            if status == "lost":
                cursor.execute("select pg_drop_replication_slot(%s)", (slot_of(folder),))
            elif status:
                return folder
        return _new_folder(cursor, store)


def receiving(connection: Connection, folder: Path) -> bool:
    return _slot(connection, folder)[0]


def receive(tools: Tools, dsn: str, folder: Path) -> None:
    """Until the server goes away or this process is told to stop."""
    arguments = ("--directory", folder, "--slot", slot_of(folder), "--synchronous", "--no-loop")
    process = subprocess.Popen(
        tools.command("pg_receivewal", *arguments, dsn=dsn), env=environment(dsn)
    )
    try:
        process.wait()
    finally:
        process.terminate()
        process.wait()


def catch_up(connection: Connection, tools: Tools, dsn: str, folder: Path) -> str:
    """Has all WAL until now in the folder, and returns how far that is."""
    with transaction(connection) as cursor:
        cursor.execute("select pg_switch_wal()")
        end = cursor.fetchone()[0]
    deadline = time.monotonic() + CAUGHT_UP_WITHIN_S
    is_received, has_end = _slot(connection, folder, end)
    if not is_received and not has_end:
        tools.run(
            "pg_receivewal", "--directory", folder, "--slot", slot_of(folder), "--synchronous",
            "--no-loop", "--endpos", end, dsn=dsn,
        )  # fmt: skip
        return end
    while not _slot(connection, folder, end)[1]:
        if time.monotonic() > deadline:
            raise BackupFailed(
                f"`jobdash backup wal` did not receive WAL up to {end} within {CAUGHT_UP_WITHIN_S} s: "
                "see what it says, and run the same command again."
            )
        time.sleep(0.1)
    return end


def segments(folder: Path) -> list[Path]:
    """Those that are full, in the order of their names; the last may stand beside as `.partial`."""
    return sorted(path for path in folder.iterdir() if _is_segment(path.name))


def partial(folder: Path) -> Path | None:
    """The segment that is being written."""
    return max(folder.glob(f"{'?' * NAME_LENGTH}{PARTIAL}"), default=None)


def segment_name(byte: int, timeline: int, segment_bytes: int) -> str:
    return _name(timeline, byte // segment_bytes, segment_bytes)


def lsn_number(lsn: str) -> int:
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)


def before(name: str, segment_bytes: int) -> str:
    return _name(int(name[:8], 16), _number(name, segment_bytes) - 1, segment_bytes)


def after(name: str, segment_bytes: int) -> str:
    return _name(int(name[:8], 16), _number(name, segment_bytes) + 1, segment_bytes)


def missing(names: list[str], segment_bytes: int) -> Iterator[tuple[str, str]]:
    """The first and last name of each gap between names in their order."""
    for this, following in pairwise(names):
        first, last = _number(this, segment_bytes) + 1, _number(following, segment_bytes) - 1
        if first <= last:
            timeline = int(following[:8], 16)
            yield _name(timeline, first, segment_bytes), _name(timeline, last, segment_bytes)


def _is_segment(name: str) -> bool:
    return len(name) == NAME_LENGTH and all(letter in "0123456789ABCDEF" for letter in name)


def _number(name: str, segment_bytes: int) -> int:
    return int(name[8:16], 16) * (0x1_0000_0000 // segment_bytes) + int(name[16:], 16)


def _name(timeline: int, number: int, segment_bytes: int) -> str:
    high, low = divmod(number, 0x1_0000_0000 // segment_bytes)
    return f"{timeline:08X}{high:08X}{low:08X}"


def _folders(store: BackupStore) -> list[Path]:
    return sorted((store.folder / "wal").glob("*"), reverse=True)


def _new_folder(cursor: Cursor, store: BackupStore) -> Path:
    """The folder first: a slot that nobody knows would keep WAL for ever."""
    folder = store.wal(stamp_now())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        cursor.execute("select pg_create_physical_replication_slot(%s, true)", (slot_of(folder),))
    except psycopg2.errors.InsufficientPrivilege:
        remove(folder)
        raise SettingsError(
            "The user of DATABASE_URL may not replicate, which backups need. "
            "Let an administrator run: alter role … replication"
        ) from None
    return folder


def _slot(connection: Connection, folder: Path, lsn: str = "0/0") -> tuple[bool, bool]:
    """Whether somebody receives, and whether it has come to `lsn`."""
    with transaction(connection) as cursor:
        cursor.execute(
            "select active, restart_lsn >= %s::pg_lsn from pg_replication_slots where slot_name = %s",
            (lsn, slot_of(folder)),
        )
        return cursor.fetchone() or (False, False)
