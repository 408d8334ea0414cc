"""The reading side of the database: few connections, few rights, one publication a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

import psycopg2
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import RealDictCursor
from psycopg2.pool import ThreadedConnectionPool

from core.publication import Publication, hold_publication
from serve.problems import Problem

CONNECTIONS = 8
WAIT_FOR_CONNECTION_S = 5
RIGHTS = (
    "-c role=api_reader -c default_transaction_read_only=on"
    " -c statement_timeout=5000 -c timezone=UTC"
)


class Warehouse:
    """Opens its first connection with the first request, so that it can start before the database."""

    def __init__(self, dsn: str):
        self._pool = ThreadedConnectionPool(
            0, CONNECTIONS, dsn, application_name="jobdash api", options=RIGHTS, connect_timeout=5
        )
        self._free = BoundedSemaphore(CONNECTIONS)

    @contextmanager
    def reading(self) -> Iterator[tuple[Cursor, Publication]]:
        """A transaction on the published marts, which stay as they are until it ends.

        Raises Problem 503 before the first publication or when all connections are busy.
        """
        with self._cursor() as cursor:
            publication = hold_publication(cursor)
            if publication is None:
                raise Problem(503, "Nothing published yet", "The first batch has not ended yet.")
            with cursor.connection.cursor(cursor_factory=RealDictCursor) as rows:
                yield rows, publication

    @contextmanager
    def auditing(self) -> Iterator[Cursor]:
        """A transaction on `ops` that needs no publication."""
        with (
            self._cursor() as cursor,
            cursor.connection.cursor(cursor_factory=RealDictCursor) as rows,
        ):
            yield rows

    @contextmanager
    def _cursor(self) -> Iterator[Cursor]:
        if not self._free.acquire(timeout=WAIT_FOR_CONNECTION_S):
            raise Problem(503, "Too busy", "All connections to the database are in use. Try again.")
        try:
            connection = self._pool.getconn()
            try:
                with connection, connection.cursor() as cursor:
                    yield cursor
            except psycopg2.OperationalError:
                # the server went away, and with it every connection that waits in the pool
                connection.close()
                raise
            finally:
                self._pool.putconn(connection)
        finally:
            self._free.release()
