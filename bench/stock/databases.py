"""Where the stock lies: a server as `jobdash up` starts it, in a folder that may be kept."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from psycopg2 import sql
from psycopg2.extensions import make_dsn, parse_dsn

from core.database import connect, create_database, transaction
from core.migrations import migrate
from core.paths import MIGRATIONS
from pipeline.services import LocalServices

# Of the database that is kept; it is there once a stock is whole.
KEPT = "jobdash_stock"


@contextmanager
def server(folder: Path | None) -> Iterator[str]:
    """The address of a server that runs until the block ends; without a folder it leaves nothing."""
    with TemporaryDirectory(prefix="jobdash-bench-") as scratch:
        services = LocalServices(folder or Path(scratch))
        try:
            yield services.start_postgres()
        finally:
            services.stop_postgres()


@contextmanager
def new_database(server_dsn: str) -> Iterator[str]:
    """The address of a migrated database, gone when the block ends unless `keep` gave it its name."""
    name = f"jobdash_bench_{uuid4().hex[:8]}"
    with closing(connect(server_dsn)) as admin:
        admin.autocommit = True
        create_database(admin, name)
    dsn = make_dsn(server_dsn, dbname=name)
    try:
        with closing(connect(dsn)) as connection:
            migrate(connection, MIGRATIONS)
        yield dsn
    finally:
        _drop(server_dsn, name)


def keep(server_dsn: str, dsn: str) -> None:
    """Gives the database of `dsn`, to which nobody is connected, the place of the one kept before."""
    _drop(server_dsn, KEPT)
    rename = sql.SQL("alter database {} rename to {}").format(
        sql.Identifier(parse_dsn(dsn)["dbname"]), sql.Identifier(KEPT)
    )
    with closing(connect(server_dsn)) as admin, transaction(admin) as cursor:
        cursor.execute(rename)


def _drop(server_dsn: str, name: str) -> None:
    with closing(connect(server_dsn)) as admin:
        admin.autocommit = True
        with admin.cursor() as cursor:
            drop = sql.SQL("drop database if exists {} with (force)")
            cursor.execute(drop.format(sql.Identifier(name)))
