"""Applies the numbered files of `sql/` once each, in order.

The kept libraries for this lock the database with a row that a killed process leaves behind; here
the whole step is one transaction, so that a kill leaves nothing.
"""

import hashlib
from pathlib import Path

from psycopg2.extensions import connection as Connection

from core.database import BATCH_LOCK, transaction
from core.errors import SettingsError


def migrate(connection: Connection, folder: Path) -> list[str]:
    """Returns the names of the files that were applied now. Raises SettingsError on an edited one."""
    applied_now = []
    with transaction(connection) as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, 1)", (BATCH_LOCK,))
        cursor.execute("create schema if not exists ops")
        cursor.execute(
            "create table if not exists ops.migrations ("
            " name text primary key, sha256 text not null,"
            " applied_at timestamptz not null default now())"
        )
        cursor.execute("select name, sha256 from ops.migrations")
        applied = dict(cursor.fetchall())
        for path in sorted(folder.glob("[0-9]*.sql")):
            text = path.read_text(encoding="utf-8")
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            if applied.get(path.name, sha256) != sha256:
                raise SettingsError(
                    f"sql/{path.name} was edited after it was applied to this database. "
                    "Restore it and put the change into a new file with the next number."
                )
            if path.name not in applied:
                cursor.execute(text)
                cursor.execute(
                    "insert into ops.migrations (name, sha256) values (%s, %s)",
                    (path.name, sha256),
                )
                applied_now.append(path.name)
    return applied_now
