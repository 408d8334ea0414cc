"""The reading side of the database: few connections, few rights, one publication a transaction."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from queue import Empty, LifoQueue

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import RealDictCursor

from core.publication import Publication, hold_publication
from serve.problems import Problem

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


class Moved(Exception):
    """Another publication than the expected one."""


class Reading:
    """Of one publication. Where it is known and nothing has to be read, the database is not asked."""

    def __init__(
        self,
        expected: Publication | None,
        begin: Callable[[], tuple[Cursor, Publication | None]],
    ):
        self.publication = self._expected = expected
        self._cursor: Cursor | None = None
        self._begin = begin

    def begin(self) -> None:
        if self._cursor is not None:
            return
        cursor, publication = self._begin()
        if publication is None:
            raise Problem(503, "Nothing published yet", "The first batch has not ended yet.")
        if self._expected not in (None, publication):
            raise Moved
        self._cursor, self.publication = cursor, publication

    @property
    def cursor(self) -> Cursor:
        self.begin()
        return self._cursor


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
            reading = Reading(expected, lambda: transaction.enter_context(self.auditing()))
            if expected is None:
                reading.begin()
            yield reading

    @contextmanager
    def auditing(self) -> Iterator[tuple[Cursor, Publication | None]]:
        """The same where nothing needs to be published."""
        try:
            connection = self._places.get(timeout=WAIT_FOR_CONNECTION_S)
        except Empty:
            raise Problem(
                503, "Too busy", "All connections to the database are in use. Try again."
            ) from None
        try:
            connection, publication = self._begin(connection)
            with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
                yield cursor, publication
        finally:
            self._places.put(connection)

    def _begin(self, waiting: Connection | None) -> tuple[Connection, Publication | None]:
        """A transaction that holds the publication. A connection that ended while it waited for
        work is replaced: nothing of the request was done on it."""
        if waiting is not None:
            try:
                return waiting, _hold(waiting)
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
        return opened, _hold(opened)


def _hold(connection: Connection) -> Publication | None:
    with connection.cursor() as cursor:
        return hold_publication(cursor)
