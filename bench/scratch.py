"""Servers and databases that a bench makes for itself."""

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
def own_server(folder: Path | None = None) -> Iterator[str]:
    """The address of a server that runs until the block ends; without a folder it leaves nothing."""
    with TemporaryDirectory(prefix="jobdash-bench-") as scratch:
        services = LocalServices(folder or Path(scratch))
        try:
            yield services.start_postgres()
        finally:
            services.stop_postgres()


@contextmanager
def migrated_database(
    server_dsn: str, *, keep: bool = False, waits_for_disk: bool = True
) -> Iterator[str]:
    """The address of a database of its own, gone when the block ends unless it is to be kept."""
    name = f"jobdash_bench_{uuid4().hex[:8]}"
    with closing(connect(server_dsn)) as admin:
        admin.autocommit = True
        create_database(admin, name)
        if not waits_for_disk:
            with admin.cursor() as cursor:
                alter = sql.SQL("alter database {} set synchronous_commit = off")
                cursor.execute(alter.format(sql.Identifier(name)))
    dsn = make_dsn(server_dsn, dbname=name)
    try:
        with closing(connect(dsn)) as connection:
            migrate(connection, MIGRATIONS)
        yield dsn
    finally:
        if not keep:
            drop_database(server_dsn, name)


def drop_database(server_dsn: str, name: str) -> None:
    """Whether it is there or not, and whoever is connected to it."""
    with closing(connect(server_dsn)) as admin:
        admin.autocommit = True
        with admin.cursor() as cursor:
            drop = sql.SQL("drop database if exists {} with (force)")
            cursor.execute(drop.format(sql.Identifier(name)))
