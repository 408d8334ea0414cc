"""What time it is, and how to wait."""

import time
from datetime import datetime, timedelta
from typing import Protocol

from psycopg2.extensions import connection as Connection

from core.database import transaction


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment, with a time zone."""

    def sleep(self, seconds: float) -> None: ...


class DatabaseClock:
    """The database's clock, read once and carried on by this machine's steady one.

    All collectors of a warehouse go by the same clock, also where a machine's own is wrong or is set
    while they run.
    """

    def __init__(self, connection: Connection):
        with transaction(connection) as cursor:
            cursor.execute("select clock_timestamp()")
            self._read_at = cursor.fetchone()[0]
        self._started = time.monotonic()

    def now(self) -> datetime:
        return self._read_at + timedelta(seconds=time.monotonic() - self._started)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
