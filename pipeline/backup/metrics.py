"""How the backups stand, in a file that node_exporter's textfile collector reads."""

from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from pipeline.backup.store import Backup, BackupStore, size, written

DRILL = "drill"


def record_drill(store: BackupStore) -> None:
    with written(store.folder / "metrics" / DRILL) as aside:
        aside.write_text(f"{datetime.now(UTC).timestamp()}\n", encoding="utf-8")
    write_metrics(store)


def write_metrics(store: BackupStore) -> None:
    """Written aside and renamed. What has never succeeded is not there."""
    registry = CollectorRegistry()
    backups = store.backups()
    if backups:
        _tell_backup(registry, store, backups[-1])
    drill = store.folder / "metrics" / DRILL
    if drill.exists():
        Gauge(
            "jobdash_restore_drill_last_success_timestamp_seconds",
            "When a restore drill last found what was backed up.",
            registry=registry,
        ).set(float(drill.read_text(encoding="utf-8")))
    path = store.folder / "metrics" / "jobdash.prom"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), registry)


def _tell_backup(registry: CollectorRegistry, store: BackupStore, newest: Backup) -> None:
    Gauge(
        "jobdash_backup_last_success_timestamp_seconds",
        "When the newest backup that is whole was verified.",
        registry=registry,
    ).set(newest.written_at.timestamp())
    sizes = Gauge(
        "jobdash_backup_size_bytes",
        "Bytes of the newest backup by kind; of wal all that is kept.",
        ["kind"],
        registry=registry,
    )
    sizes.labels("base").set(newest.base_bytes)
    sizes.labels("dump").set(newest.dump.bytes)
    sizes.labels("models").set(newest.models_bytes)
    sizes.labels("redis").set(newest.redis.bytes if newest.redis else 0)
    sizes.labels("wal").set(size(store.folder / "wal"))
