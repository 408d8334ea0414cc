"""What the tables of the marts and the audit hold, each in one word that does not hang on the order."""

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from core.database import transaction

SCHEMAS = ("marts", "ops")
TABLES = "rp"  # as in pg_class.relkind


def hashes(connection: Connection) -> dict[str, str]:
    """By `schema.table`: how many rows, and the sum of their hashes. All of one moment."""
    with transaction(connection) as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute(
            "select nspname, relname from pg_class join pg_namespace on relnamespace = pg_namespace.oid"
            ' where nspname = any(%s) and relkind = any(%s::"char"[]) and not relispartition'
            " order by 1, 2",
            (list(SCHEMAS), list(TABLES)),
        )
        found = {}
        for schema, table in cursor.fetchall():
            cursor.execute(
                sql.SQL(
                    "select count(*), coalesce(sum(hashtextextended(one_row::text, 0)), 0)"
                    " from {} as one_row"
                ).format(sql.Identifier(schema, table))
            )
            found[f"{schema}.{table}"] = ":".join(map(str, cursor.fetchone()))
        return found


def different(these: dict[str, str], those: dict[str, str]) -> list[str]:
    return sorted(name for name in these.keys() | those if these.get(name) != those.get(name))
