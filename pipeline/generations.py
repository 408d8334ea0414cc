"""Two generations of the marts take turns, and each is caught up by what came since it was built.

That holds as long as the intermediate models are the ones that it was built from. After a rule was
changed and they were rebuilt (`dbt build --full-refresh`), the older generation would keep what the
old rule said. So each generation carries, as its schema's comment, the tables it was built from.
"""

from psycopg2.extensions import connection as Connection

from core.database import transaction

_BUILT_FROM = """
select 'built from ' || coalesce(string_agg(oid::text, ' ' order by oid), 'nothing')
from pg_class where relnamespace = 'intermediate'::regnamespace and relkind = 'r'
"""


def discard_outdated_marts(connection: Connection) -> bool:
    """Empties `marts_next` where other intermediate tables stand now; dbt then builds it anew."""
    with transaction(connection) as cursor:
        cursor.execute(_BUILT_FROM)
        cursor.execute(
            "select obj_description('marts_next'::regnamespace) is distinct from %s"
            " and exists (select from pg_class where relnamespace = 'marts_next'::regnamespace)",
            cursor.fetchone(),
        )
        is_outdated = cursor.fetchone()[0]
        if is_outdated:
            cursor.execute("drop schema marts_next cascade")
            cursor.execute("create schema marts_next")
        return is_outdated


def mark_marts(connection: Connection) -> None:
    """Writes down what `marts_next` was built from."""
    with transaction(connection) as cursor:
        cursor.execute(_BUILT_FROM)
        cursor.execute("comment on schema marts_next is %s", cursor.fetchone())
