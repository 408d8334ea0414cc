"""A database for each collector, dropped when the bench ends."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from psycopg2 import sql
from psycopg2.extensions import make_dsn

from core.database import connect, create_database
from core.migrations import migrate
from core.paths import MIGRATIONS
from pipeline.services import LocalServices


@contextmanager
def server() -> Iterator[str]:
    """The address of the server of DATABASE_URL, or of one that lives as long as the block."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    with TemporaryDirectory(prefix="jobdash-bench-") as folder:
        services = LocalServices(Path(folder))
        try:
            yield services.start_postgres()
        finally:
            services.stop_postgres()


@contextmanager
def database(server_dsn: str, *, keep: bool) -> Iterator[str]:
    """A migrated database of its own. It does not wait for the disk: a year has 100,000 commits, and
    nothing here looks at what survives a crash."""
    name = f"jobdash_year_{uuid4().hex[:8]}"
    with closing(connect(server_dsn)) as admin:
        admin.autocommit = True
        create_database(admin, name)
        with admin.cursor() as cursor:
            alter = sql.SQL("alter database {} set synchronous_commit = off")
            cursor.execute(alter.format(sql.Identifier(name)))
        dsn = make_dsn(server_dsn, dbname=name)
        with closing(connect(dsn)) as connection:
            migrate(connection, MIGRATIONS)
        try:
            yield dsn
        finally:
            if not keep:
                with admin.cursor() as cursor:
                    drop = sql.SQL("drop database {} with (force)")
                    cursor.execute(drop.format(sql.Identifier(name)))
