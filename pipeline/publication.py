"""The publication: in one transaction the marts change names, the model and the batch become current.

The order of the locks matters. First `ops.publication`, which every request of the API reads and so
holds; then the published marts, views first, so that no report can find half of its tables before
the swap and half after. Who waits for a lock makes others wait behind it, so a try is short and
repeated: it must stay below PostgreSQL's deadlock_timeout of 1 s.
"""

import psycopg2.errors
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random

from core.batches import Batch
from core.database import transaction
from core.publication import Publication, hold_publication

READERS = ("api_reader", "bi_reader")
TABLES, VIEWS = "rp", "v"  # as in pg_class.relkind
LOCK_TIMEOUT = "300ms"
GIVE_UP_AFTER_S = 300


_tried_again = retry(
    retry=retry_if_exception_type(
        (psycopg2.errors.LockNotAvailable, psycopg2.errors.DeadlockDetected)
    ),
    wait=wait_random(0.05, 0.3),
    stop=stop_after_delay(GIVE_UP_AFTER_S),
    reraise=True,
)


@_tried_again
def publish(connection: Connection, batch: Batch) -> Publication:
    """Publishes a batch, or returns the publication as it is when the batch is the current one.

    Raises psycopg2's LockNotAvailable when a report reads the marts for longer than 300 s.
    """
    with transaction(connection) as cursor:
        current = hold_publication(cursor)
        if current and current.batch_id == batch.batch_id:
            return current
    with transaction(connection) as cursor:
        _lock_publication(cursor)
        views, tables = (_relations(cursor, "marts", kinds) for kinds in (VIEWS, TABLES))
        for table in views + tables:
            cursor.execute(sql.SQL("lock table {} in access exclusive mode").format(table))
        cursor.execute("alter schema marts rename to marts_swapped")
        cursor.execute("alter schema marts_next rename to marts")
        cursor.execute("alter schema marts_swapped rename to marts_next")
        _grant(cursor)
        _activate(cursor, batch.batch_id, _version_of(cursor, batch), "export")
        cursor.execute(
            "update ops.batches set status = 'published', published_at = now() where batch_id = %s",
            (batch.batch_id,),
        )
        # here and not after: whoever finds the batch published finds its last stage done
        cursor.execute(
            "update ops.batch_runs set status = 'success', ended_at = now()"
            " where batch_id = %s and stage = 'export' and status = 'running'",
            (batch.batch_id,),
        )
        return hold_publication(cursor)


@_tried_again
def activate(connection: Connection, version: str) -> Publication:
    """Shows another version with the marts as they are; the one shown already stays.

    Raises psycopg2's LockNotAvailable when a request holds the publication for longer than 300 s.
    """
    with transaction(connection) as cursor:
        _lock_publication(cursor)
        current = hold_publication(cursor)
        if current.model_version != version:
            _activate(cursor, current.batch_id, version, "command")
        return hold_publication(cursor)


def _lock_publication(cursor: Cursor) -> None:
    cursor.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
    cursor.execute("lock table ops.publication in access exclusive mode")


def _relations(cursor: Cursor, schema: str, kinds: str) -> list[sql.Identifier]:
    """Relations of a schema. Partitions are left out: readers reach them by their table."""
    cursor.execute(
        "select relname from pg_class where relnamespace = to_regnamespace(%s)"
        ' and relkind = any(%s::"char"[]) and not relispartition order by relname',
        (schema, list(kinds)),
    )
    return [sql.Identifier(schema, name) for (name,) in cursor.fetchall()]


def _grant(cursor: Cursor) -> None:
    readers = sql.SQL(", ").join(map(sql.Identifier, READERS))
    cursor.execute(sql.SQL("revoke all on schema marts_next from {}").format(readers))
    cursor.execute(sql.SQL("grant usage on schema marts to {}").format(readers))
    for table in _relations(cursor, "marts", TABLES + VIEWS):
        cursor.execute(sql.SQL("grant select on {} to {}").format(table, readers))


def _version_of(cursor: Cursor, batch: Batch) -> str:
    """The version that the batch's stage vectorize named, built by this batch or an earlier one."""
    cursor.execute(
        "select counts ->> 'version' from ops.batch_runs"
        " where batch_id = %s and stage = 'vectorize' and status = 'success'"
        " order by attempt desc limit 1",
        (batch.batch_id,),
    )
    return cursor.fetchone()[0]


def _activate(cursor: Cursor, batch_id: int, version: str, reason: str) -> None:
    cursor.execute(
        "update ops.model_versions set status = 'retired' where status = 'active' and version <> %s",
        (version,),
    )
    cursor.execute("update ops.model_versions set status = 'active' where version = %s", (version,))
    # what the data is as of follows the marts, not the model
    cursor.execute(
        "insert into ops.publication (batch_id, model_version) values (%(batch)s, %(version)s)"
        " on conflict (is_current) do update set"
        " batch_id = excluded.batch_id, model_version = excluded.model_version,"
        " published_at = case when publication.batch_id = excluded.batch_id"
        " then publication.published_at else now() end",
        {"batch": batch_id, "version": version},
    )
    cursor.execute(
        "insert into ops.model_activations (version, batch_id, reason) values (%s, %s, %s)",
        (version, batch_id, reason),
    )
