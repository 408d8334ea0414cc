"""`kill -9` on the way out and on the way back, then the same command again: nothing is lost."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from archive.months import FEBRUARY, JANUARY, contents, fill
from houses import House

from core.database import connect

ROWS = 8_000
LONGEST_S = 60.0

Reached = Callable[[House, float], bool]


@pytest.fixture
def filled(house: House, connection) -> House:
    fill(connection, JANUARY, batch=1, rows=ROWS)
    fill(connection, FEBRUARY, batch=2)
    return house


def file(name: str) -> Reached:
    """A file of this name, younger than the command that is to be killed."""

    def reached(house: House, began: float) -> bool:
        path = Path(house.folder, "models", "raw", name)
        try:
            return path.stat().st_mtime > began
        except FileNotFoundError:
            return False

    return reached


def working_on(text: str) -> Reached:
    def reached(house: House, _: float) -> bool:
        return house.value(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and position(%s in query) > 0 and state = 'active'",
            text,
        )

    return reached


@contextmanager
def holding(house: House, lock: str | None) -> Iterator[None]:
    """Keeps a lock, so that the command waits right before its end."""
    with closing(connect(house.database_url)) as connection:
        if lock:
            connection.cursor().execute(lock)
        yield


def kill_at(house: House, reached: Reached, lock: str | None, *arguments: str) -> None:
    with holding(house, lock):
        began = time.time()
        command = house.jobdash("archive", *arguments)
        while not reached(house, began):
            assert command.poll() is None, f"it ended before: {command.communicate()}"
            assert time.time() - began < LONGEST_S, f"not reached within {LONGEST_S} s"
            time.sleep(0.001)
        command.send_signal(signal.SIGKILL)
        command.communicate()


def ends_well(house: House, *arguments: str) -> None:
    command = house.jobdash("archive", *arguments)
    output, errors = command.communicate(timeout=LONGEST_S)
    assert command.returncode == 0, output + errors


ON_THE_WAY_OUT: dict[str, tuple[Reached, str | None]] = {
    "first file half written": (file("requests/.2026-01.parquet.writing"), None),
    "first file there": (file("requests/2026-01.parquet"), None),
    "second file half written": (file("ads/.2026-01.parquet.writing"), None),
    "all files there": (
        working_on("drop table raw."),
        "lock table raw.ads in access share mode",
    ),
}
ON_THE_WAY_BACK: dict[str, tuple[Reached, str | None]] = {
    "rows on their way in": (working_on("copy raw."), None),
    "rows read back": (working_on("copy (select"), None),
    "first table done": (
        working_on("update raw.archives"),
        "select * from raw.archives for update",
    ),
}


def test_killed_while_it_moves_a_month_the_rows_are_still_there(filled, connection):
    before = contents(connection)
    for reached, lock in ON_THE_WAY_OUT.values():
        kill_at(filled, reached, lock, "--before", "2026-02")
        assert contents(connection) == before
        assert filled.value("select count(*) from raw.archives") == 0

    ends_well(filled, "--before", "2026-02")
    assert [count for count, _ in contents(connection).values()] == [50, 50, 50]
    assert not list(filled.folder.glob("models/raw/*/.*"))
    ends_well(filled, "--restore", "2026-01")
    assert contents(connection) == before


def test_killed_while_it_restores_a_month_it_is_still_archived(filled, connection):
    before = contents(connection)
    ends_well(filled, "--before", "2026-02")
    after = contents(connection)
    for reached, lock in ON_THE_WAY_BACK.values():
        kill_at(filled, reached, lock, "--restore", "2026-01")
        assert contents(connection) == after
        assert filled.value("select count(*) from raw.archives where restored_at is null") == 3

    ends_well(filled, "--restore", "2026-01")
    assert contents(connection) == before
