"""Where the stock lies, between the bench that makes it and the one that asks it."""

from contextlib import closing

from psycopg2 import sql
from psycopg2.extensions import parse_dsn
from scratch import drop_database

from core.database import connect, transaction

# Of the database that is kept; it is there once a stock is whole.
KEPT = "jobdash_stock"


def keep(server_dsn: str, dsn: str) -> None:
    """Gives the database of `dsn`, to which nobody is connected, the place of the one kept before."""
    drop_database(server_dsn, KEPT)
    rename = sql.SQL("alter database {} rename to {}").format(
        sql.Identifier(parse_dsn(dsn)["dbname"]), sql.Identifier(KEPT)
    )
    with closing(connect(server_dsn)) as admin, transaction(admin) as cursor:
        cursor.execute(rename)
