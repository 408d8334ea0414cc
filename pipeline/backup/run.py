"""One backup of everything. It is whole when its manifest is there; a run that was killed begins anew."""

import time
from contextlib import closing
from datetime import datetime

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import parse_dsn

from core.database import batch_lock, connect, transaction
from core.errors import BatchBusy
from core.settings import Settings
from pipeline.addresses import Addresses
from pipeline.backup.base import take_base, take_dump
from pipeline.backup.cache import is_cluster, take_snapshot
from pipeline.backup.hashes import hashes
from pipeline.backup.metrics import write_metrics
from pipeline.backup.models import copy_models, copy_months
from pipeline.backup.retention import forget_old, sweep
from pipeline.backup.store import Backup, BackupStore, Seal, stamp_now
from pipeline.backup.tools import tools_for
from pipeline.backup.wal import catch_up, receiving, wal_folder
from pipeline.progress import say, seconds

MIB = 1024 * 1024


def back_up(settings: Settings, addresses: Addresses) -> Backup:
    """Raises BackupFailed, BackupBusy and SettingsError."""
    store = BackupStore(settings.backup_store)
    with store.alone(), closing(connect(addresses.database_url)) as connection:
        sweep(store)
        backup = _write(connection, settings, addresses, store)
        store.record(backup)
        gone = forget_old(tools_for(backup.server_version), store)
        if gone:
            say(f"retention     {len(gone)} older than 30 days deleted")
        write_metrics(store)
    return backup


def _write(
    connection: Connection, settings: Settings, addresses: Addresses, store: BackupStore
) -> Backup:
    dsn, stamp = addresses.database_url, stamp_now()
    tools = tools_for(connection.server_version)
    wal = wal_folder(connection, store)  # before the base, so that none between them is lost
    began = time.monotonic()
    base = take_base(tools, dsn, store, stamp)
    base_ended_at = _now(connection)
    say(f"base          {_mib(base.bytes)}, verified ({seconds(began)})")
    began = time.monotonic()
    dump = take_dump(tools, dsn, store, stamp)
    say(f"dump          {_mib(dump.bytes)}, verified ({seconds(began)})")
    with transaction(connection) as cursor:
        models = copy_models(cursor, settings, store)
        months = copy_months(cursor, settings, store)
    say(f"models        {len(models)} versions, {len(months)} archived months, verified")
    snapshot = _snapshot(addresses.redis_url, store, stamp)
    began = time.monotonic()
    found, hashed_at = _hashes(connection, dsn)
    covered_until = _now(connection)
    end = catch_up(connection, tools, dsn, wal)
    say(f"WAL           received up to {end} ({seconds(began)})")
    if not receiving(connection, wal):
        say(
            "  from here on WAL waits in the database: `jobdash backup wal` receives it as it is written"
        )
    asked = parse_dsn(dsn)
    return Backup(
        stamp=stamp,
        server_version=connection.server_version,
        database=asked["dbname"],
        user=connection.info.user,
        wal=wal.name,
        timeline=base.timeline,
        segment_bytes=_segment_bytes(connection),
        start_lsn=base.start_lsn,
        base_ended_at=base_ended_at,
        end_lsn=end,
        covered_until=covered_until,
        base_bytes=base.bytes,
        base_manifest=base.manifest,
        dump=dump,
        redis=snapshot,
        models=models,
        months=months,
        hashes=found,
        hashed_at=hashed_at,
        written_at=_now(connection),
        verified_at=_now(connection),
    )


def _snapshot(redis_url: str, store: BackupStore, stamp: str) -> Seal | None:
    if is_cluster(redis_url):
        say("redis         left out: each node of a cluster keeps files of its own")
        return None
    snapshot = take_snapshot(redis_url, store, stamp)
    say(f"redis         {_mib(snapshot.bytes)}")
    return snapshot


def _hashes(connection: Connection, dsn: str) -> tuple[dict[str, str], datetime | None]:
    """What a drill has to find again, and when it was so; nothing while a batch is at work."""
    try:
        with batch_lock(dsn):
            found = hashes(connection)
            return found, _now(connection)
    except BatchBusy:
        say("  a batch is at work: no hashes for a drill are kept")
        return {}, None


def _segment_bytes(connection: Connection) -> int:
    with transaction(connection) as cursor:
        cursor.execute("select setting::bigint from pg_settings where name = 'wal_segment_size'")
        return cursor.fetchone()[0]


def _now(connection: Connection) -> datetime:
    with transaction(connection) as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def _mib(size: int) -> str:
    return f"{size / MIB:,.1f} MiB"
