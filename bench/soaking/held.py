"""What a warehouse and its API hold after a batch."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import redis
from psycopg2.extensions import cursor as Cursor
from traffic.serving import Served

from core.database import connect, transaction

MIB = 1024 * 1024
SCHEMAS = ("raw", "ops", "staging", "intermediate", "marts")
# Partitions count as their table.
_TABLES = """
select
    pg_class.oid::regclass::text,
    coalesce(pg_partition_root(pg_class.oid), pg_class.oid)::regclass::text,
    pg_total_relation_size(pg_class.oid)
from pg_class
inner join pg_namespace on pg_class.relnamespace = pg_namespace.oid
where relkind = 'r' and nspname = any(%s)
"""
_SERVER = """
select
    (select count(*) from pg_stat_activity where application_name = 'jobdash api'),
    (select count(*) from pg_stat_activity where backend_type = 'client backend'),
    (select coalesce(sum(size), 0) from pg_ls_tmpdir()),
    (select coalesce(sum(size), 0) from pg_ls_waldir()),
    (select temp_bytes from pg_stat_database where datname = current_database())
"""


@dataclass(frozen=True)
class Table:
    rows: int
    bytes: int


@dataclass(frozen=True)
class Held:
    """`figures` have no rows; `tables` are with their indexes."""

    figures: Mapping[str, float]
    tables: Mapping[str, Table]


def look(dsn: str, redis_url: str, api: Served, folder: Path, batch_bytes: int) -> Held:
    """`batch_bytes` is the most that the process of the batch held."""
    with closing(connect(dsn)) as connection, transaction(connection) as cursor:
        cursor.execute(_SERVER)
        of_api, of_all, temporary, wal, temporary_ever = cursor.fetchone()
        tables = _tables(cursor)
    with redis.Redis.from_url(redis_url) as client:
        cache = client.info("memory")["used_memory"]
    workers = api.workers()
    figures = {
        "memory of the batch, MiB": batch_bytes / MIB,
        "memory of the API, MiB": sum(worker.memory_full_info().pss for worker in workers) / MIB,
        "open files of the API": sum(worker.num_fds() for worker in workers),
        "connections of the API": of_api,
        "connections": of_all - 1,  # without this one
        "memory of Redis, MiB": cache / MIB,
        "temporary files left, MiB": temporary / MIB,
        "temporary files ever, MiB": temporary_ever / MIB,
        "WAL, MiB": wal / MIB,
        "models kept": sum(1 for _ in (folder / "models" / "tfidf").iterdir()),
        "models, MiB": _size(folder / "models"),
        "dbt's scratch, MiB": _size(folder / "dbt"),
        "metrics, MiB": _size(folder / "metrics"),
    }
    return Held({name: float(value) for name, value in figures.items()}, tables)


def _tables(cursor: Cursor) -> dict[str, Table]:
    cursor.execute(_TABLES, (list(SCHEMAS),))
    found: dict[str, Table] = {}
    for name, whole, size in cursor.fetchall():
        cursor.execute(f"select count(*) from {name}")  # noqa: S608 - quoted by regclass
        before = found.get(whole, Table(0, 0))
        found[whole] = Table(before.rows + cursor.fetchone()[0], before.bytes + size)
    return found


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MIB
