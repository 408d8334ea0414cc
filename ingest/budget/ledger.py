"""The ledger of calls: nothing is sent over a limit, whatever else uses the same keys.

A call is written down before it is made, under a lock that every process of the account takes. The
windows slide: a call counts for 60 seconds, 24 hours, 7 days and 31 days after it was made. Whoever
counts by calendar days and months counts no more than that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json

from core.database import transaction
from ingest.clock import Clock
from ingest.landing import make_month
from ingest.source import Limit

LEDGER_LOCK = 7_062_017
# A call reaches the source some time after it was written down, and the next one may be faster: by the
# source's own count they are then closer together than by ours. A connection is tried for so long.
ON_ITS_WAY = timedelta(seconds=5)
# More than clocks differ by: what is written down as later was written by a clock that was wrong.
LATER_THAN_NOW = timedelta(minutes=1)
# Longer waits end the night: the next one goes on.
LONGEST_WAIT = timedelta(seconds=120)


class BudgetSpent(Exception):
    """No call can be sent for longer than anybody waits."""

    def __init__(self, reason: str, free_at: datetime):
        super().__init__(f"{reason}; the next call is free at {free_at:%Y-%m-%d %H:%M} UTC")
        self.free_at = free_at


@dataclass(frozen=True)
class Sent:
    """A call that was written down."""

    request_id: int
    requested_at: datetime


@dataclass(frozen=True)
class Purpose:
    """What a call is for."""

    batch_id: int
    search_id: int
    reading_id: int | None
    page: int
    query: Mapping[str, Any]


class Ledger:
    """The calls of one account. The connection is its own: a call is written down, and stays, whatever
    happens to its page."""

    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        *,
        source: str,
        account: str,
        limits: Sequence[Limit],
    ):
        self._connection = connection
        self._clock = clock
        self._account = {"source": source, "account": account}
        self._limits = limits

    def send(self, purpose: Purpose) -> Sent:
        """Writes a call down as sent; waits as long as a short window is full. Raises BudgetSpent."""
        while True:
            now = self._clock.now()
            make_month(self._connection, now)
            with transaction(self._connection) as cursor:
                cursor.execute(
                    "select pg_advisory_xact_lock(%(lock)s, hashtext(%(source)s || %(account)s))",
                    {"lock": LEDGER_LOCK, **self._account},
                )
                held_back = self._held_back(cursor, now)
                if held_back is None:
                    return self._write(cursor, purpose, now)
            reason, free_at = held_back
            if free_at - now > LONGEST_WAIT:
                raise BudgetSpent(reason, free_at)
            self._clock.sleep(max((free_at - now).total_seconds(), 0.01))

    def failed(
        self,
        sent: Sent,
        *,
        status: int | None,
        ms: int,
        error: str,
        blocked_until: datetime | None = None,
    ) -> None:
        """What became of a call that brought nothing."""
        with transaction(self._connection) as cursor:
            cursor.execute(
                "update raw.requests set outcome = 'failed', status = %s, ms = %s, error = %s,"
                " blocked_until = %s where request_id = %s and requested_at = %s",
                (status, ms, error, blocked_until, sent.request_id, sent.requested_at),
            )

    def calls(self, span: timedelta) -> list[datetime]:
        """When each call of the last `span` was made, the oldest first."""
        with transaction(self._connection) as cursor:
            cursor.execute(
                "select requested_at from raw.requests where source = %(source)s"
                " and account = %(account)s and requested_at > %(after)s order by requested_at",
                {**self._account, "after": self._clock.now() - span},
            )
            return [moment for (moment,) in cursor.fetchall()]

    def take_back_from_later(self) -> int:
        """How many calls stood there as made later than now, as after a clock was set back. From here on
        they count as made now, which is the latest that they can have been: else they would hold every
        call back until that time has come, which may be years."""
        now = self._clock.now()
        make_month(self._connection, now)
        with transaction(self._connection) as cursor:
            cursor.execute(
                "update raw.requests set requested_at = %(now)s,"
                " blocked_until = %(now)s + (blocked_until - requested_at)"
                " where source = %(source)s and account = %(account)s and requested_at > %(later)s",
                {**self._account, "now": now, "later": now + LATER_THAN_NOW},
            )
            return cursor.rowcount

    def remember_limits(self) -> None:
        """For those who watch the database and do not have the settings."""
        with transaction(self._connection) as cursor:
            cursor.execute("delete from raw.call_limits where source = %(source)s", self._account)
            for limit in self._limits:
                cursor.execute(
                    "insert into raw.call_limits (source, account, span, calls)"
                    " values (%(source)s, %(account)s, %(span)s, %(calls)s)",
                    {**self._account, "span": limit.span, "calls": limit.calls},
                )

    def _held_back(self, cursor: Cursor, now: datetime) -> tuple[str, datetime] | None:
        """Why no call may be sent now, and until when."""
        blocked = self._blocked_until(cursor, now)
        if blocked:
            return "the source said that it was asked too often", blocked
        full = [
            (limit, free_at)
            for limit, free_at in zip(self._limits, self._free_at(cursor, now), strict=True)
            if free_at is not None
        ]
        if not full:
            return None
        limit, free_at = max(full, key=lambda one: one[1])
        return f"the {limit.calls:,} calls of {told(limit.span)} are made", free_at

    def _blocked_until(self, cursor: Cursor, now: datetime) -> datetime | None:
        cursor.execute(
            "select max(blocked_until) from raw.requests where source = %(source)s"
            " and account = %(account)s and requested_at > %(after)s and blocked_until > %(now)s",
            {**self._account, "after": now - timedelta(days=31), "now": now},
        )
        return cursor.fetchone()[0]

    def _free_at(self, cursor: Cursor, now: datetime) -> list[datetime | None]:
        """By limit: when its window has room again, None where it has room now.

        A window is full when the call that lies as many calls back as the limit allows is still in it.
        """
        free_at = []
        for limit in self._limits:
            cursor.execute(
                "select requested_at + %(span)s from raw.requests where source = %(source)s"
                " and account = %(account)s and requested_at > %(after)s"
                " order by requested_at desc offset %(calls)s - 1 limit 1",
                {
                    **self._account,
                    "span": limit.span + ON_ITS_WAY,
                    "after": now - limit.span - ON_ITS_WAY,
                    "calls": limit.calls,
                },
            )
            row = cursor.fetchone()
            free_at.append(row[0] if row else None)
        return free_at

    def _write(self, cursor: Cursor, purpose: Purpose, now: datetime) -> Sent:
        cursor.execute(
            "insert into raw.requests (batch_id, source, account, search_id, reading_id, page, query,"
            " outcome, requested_at) values (%(batch_id)s, %(source)s, %(account)s, %(search_id)s,"
            " %(reading_id)s, %(page)s, %(query)s, 'sent', %(now)s) returning request_id, requested_at",
            {
                **vars(purpose),
                **self._account,
                "query": Json(dict(purpose.query)),
                "now": now,
            },
        )
        return Sent(*cursor.fetchone())


def told(span: timedelta) -> str:
    """A span as people say it: "a minute", "24 hours", "7 days"."""
    if span >= timedelta(days=2):
        return f"{span.days} days"
    if span >= timedelta(hours=2):
        return f"{span // timedelta(hours=1)} hours"
    return "a minute" if span == timedelta(minutes=1) else f"{span.total_seconds():g} seconds"
