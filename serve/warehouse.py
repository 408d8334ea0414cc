"""The reading side of the database: few connections, few rights, one publication a transaction."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from queue import Empty, LifoQueue
from typing import Any, TypeVar

import psycopg2
import psycopg2.errors
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import RealDictCursor

from core.publication import Publication, hold_publication
from serve.problems import Problem

T = TypeVar("T")
Values = Sequence[object]
Row = Mapping[str, Any]

# The server's fault, and not that of what it was asked.
GONE = (psycopg2.OperationalError, psycopg2.InterfaceError)
CONNECTIONS = 8
WAIT_FOR_CONNECTION_S = 5
# How long a server that does not answer is left alone, so that not every request waits for it.
REST_S = 1.0
# A machine that falls silent would be waited for by the quarter of an hour.
NOT_FOR_LONG = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5_000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}
RIGHTS = (
    "-c role=api_reader -c default_transaction_read_only=on"
    " -c statement_timeout=5000 -c timezone=UTC"
)


# Sent together they are one transaction and one trip: the first takes the lock that holds the
# publication before the names in the second are looked up.
AT_ONCE = """
select from ops.publication;
select held.batch_id, held.model_version, held.published_at, asked.*
from ops.publication as held
left join (select true as is_there, asked.* from ({}) as asked) as asked on true
"""


class Moved(Exception):
    """Another publication than the expected one."""


class Reading:
    """Of one publication. Where it is known and nothing has to be read, the database is not asked."""

    def __init__(
        self,
        expected: Publication | None,
        begin: Callable[[], tuple[Cursor, Publication | None]],
        at_once: Callable[[str, Values], tuple[Publication | None, list[Row]]],
    ):
        self.publication = self._expected = expected
        self._cursor: Cursor | None = None
        self._begin = begin
        self._at_once = at_once

    def begin(self) -> None:
        if self._cursor is None:
            cursor, publication = self._begin()
            self._is_of(publication)
            self._cursor = cursor

    @property
    def cursor(self) -> Cursor:
        self.begin()
        return self._cursor

    def rows(self, statement: str, values: Values) -> list[Row]:
        """What a query answers that is all, or nearly all, that has to be read."""
        if self._cursor is not None:
            self._cursor.execute(statement, values)
            return self._cursor.fetchall()
        publication, rows = self._at_once(statement, values)
        self._is_of(publication)
        return rows

    def _is_of(self, publication: Publication | None) -> None:
        if publication is None:
            raise Problem(503, "Nothing published yet", "The first batch has not ended yet.")
        if self._expected not in (None, publication):
            raise Moved
        self.publication = publication


class Warehouse:
    """Opens a connection when one is first needed, so that it can start before the database."""

    def __init__(self, dsn: str):
        self._dsn = dsn
        self._gone_until = 0.0
        # None is a place without a connection. The last one used is taken first; psycopg2's own
        # pool keeps no connection open that it did not open when it was made.
        self._places: LifoQueue[Connection | None] = LifoQueue()
        for _ in range(CONNECTIONS):
            self._places.put(None)

    @contextmanager
    def reading(self, expected: Publication | None = None) -> Iterator["Reading"]:
        """The published marts, which stay as they are until the block ends.

        Raises Problem 503 before the first publication or when all connections are busy, at once or,
        where a publication is expected, as soon as something is read, and then Moved for another one.
        """
        with ExitStack() as transaction:
            reading = Reading(
                expected, lambda: transaction.enter_context(self.auditing()), self._read_at_once
            )
            if expected is None:
                reading.begin()
            yield reading

    @contextmanager
    def auditing(self) -> Iterator[tuple[Cursor, Publication | None]]:
        """The same where nothing needs to be published."""
        with (
            self._connected(_hold) as (connection, publication),
            connection,
            connection.cursor(cursor_factory=RealDictCursor) as cursor,
        ):
            yield cursor, publication

    def _read_at_once(self, statement: str, values: Values) -> tuple[Publication | None, list[Row]]:
        first = partial(_at_once, statement=statement, values=values)
        with self._connected(first) as (_, read):
            return read

    @contextmanager
    def _connected(self, first: Callable[[Connection], T]) -> Iterator[tuple[Connection, T]]:
        """A connection of this reader alone, and what was done first on it."""
        try:
            connection = self._places.get(timeout=WAIT_FOR_CONNECTION_S)
        except Empty:
            raise Problem(
                503, "Too busy", "All connections to the database are in use. Try again."
            ) from None
        try:
            connection, done = self._begin(connection, first)
            yield connection, done
        finally:
            self._places.put(connection)

    def _begin(
        self, waiting: Connection | None, first: Callable[[Connection], T]
    ) -> tuple[Connection, T]:
        """A connection that ended while it waited for work is replaced: nothing of the request was
        done on it."""
        if waiting is not None:
            try:
                return waiting, first(waiting)
            except psycopg2.Error:
                ended = waiting.closed
                waiting.close()
                if not ended:
                    raise
        if time.monotonic() < self._gone_until:
            raise psycopg2.OperationalError("the database was gone a moment ago")
        try:
            opened = psycopg2.connect(
                self._dsn,
                application_name="jobdash api",
                options=RIGHTS,
                **NOT_FOR_LONG,
            )
        except psycopg2.OperationalError:
            self._gone_until = time.monotonic() + REST_S
            raise
        return opened, first(opened)


def _hold(connection: Connection) -> Publication | None:
    try:
        with connection.cursor() as cursor:
            return hold_publication(cursor)
    except psycopg2.errors.UndefinedTable:  # the first batch, which migrates, has not begun
        connection.rollback()
        return None


def _at_once(
    connection: Connection, statement: str, values: Values
) -> tuple[Publication | None, list[Row]]:
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(AT_ONCE.format(statement), values)
            found = cursor.fetchall()
            names = [column.name for column in cursor.description[4:]]
    finally:
        if not connection.closed:
            connection.autocommit = False
    if not found:
        return None, []
    rows = [dict(zip(names, row[4:], strict=True)) for row in found if row[3]]
    return Publication(*found[0][:3]), rows
