"""A small world for faults: two nights that are over, and a third that is tried again and again."""

import hashlib
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory

from databases import without_waiting_for_disk
from houses import EVERY_BATCH, House
from nursery import Child, Nursery
from psycopg2.extensions import make_dsn
from statement_proxy import Passage, StatementProxy

from core.database import connect, create_database
from ingest.simulator import SimulatorServer, ads_on
from ml.sealed import verify
from pipeline.services import LocalServices

FIRST_DAY = date(2026, 1, 8)
DAY = FIRST_DAY + timedelta(days=2)  # the night that is tried
WORK, EMPTY = "faults_work", "faults_empty"
NIGHT = ("run", "--date", str(DAY), "--searches", str(EVERY_BATCH))
LONGEST_S = 600.0
COPIED = "strategy file_copy"  # nobody else waits for the checkpoint that it takes
KEYS = {"ADZUNA_APP_ID": "simulator", "ADZUNA_APP_KEY": "simulator", "RETRY_WAIT": "0"}


def nights() -> list[list[dict]]:
    """Three nights of ads: some vanish in the second and close in the third, in which others come,
    change, return and cannot be used."""
    ads = [ad for ad in ads_on(FIRST_DAY, 140, seed=5) if isinstance(ad, dict) and "title" in ad]
    first, second, third = ads[:100], ads[8:104], ads[8:130]
    third = deepcopy([*ads[:2], *third])
    for ad in third[10:20]:
        ad["title"] += " (confirmé)"
    for ad in third[20:24]:
        del ad["title"]
    return [first, second, third]


@dataclass(frozen=True)
class Night:
    """The third night, undisturbed: how it ends, and the statements of each stage."""

    end: dict[str, object]
    statements: dict[str, int]


@dataclass(frozen=True)
class World:
    """`house` speaks to the server itself, `guest` through the proxy."""

    house: House
    guest: House
    proxy: StatementProxy
    nursery: Nursery
    server_dsn: str
    base_url: str

    @property
    def store(self) -> Path:
        return self.house.folder / "models"

    @property
    def services(self) -> LocalServices:
        return LocalServices(self.house.folder.parent / "servers")

    @property
    def postgres(self) -> Path:
        """The server's data."""
        return self.services.folder / "postgres"

    # ---------- what runs

    def start(self, *arguments: str, passage: Passage | None = None, **settings: str) -> Popen:
        passage = passage or Passage()
        self.proxy.open_for(passage)
        settings = {**KEYS, "ADZUNA_BASE_URL": self.base_url, **settings}
        process = self.guest.jobdash(*arguments, **settings)
        passage.is_of(process)
        return process

    def start_at_once(self, *arguments: str, passage: Passage) -> Child:
        """As `start`, without the time that imports take."""
        self.proxy.open_for(passage)
        settings = {**KEYS, "ADZUNA_BASE_URL": self.base_url}
        child = self.nursery.start(arguments, self.guest.environment(**settings))
        passage.is_of(child)
        return child

    def run(self, *arguments: str, passage: Passage | None = None, **settings: str) -> str:
        """What the command says. Raises AssertionError where it fails."""
        process = self.start(*arguments, passage=passage, **settings)
        try:
            output, errors = process.communicate(timeout=LONGEST_S)
        finally:
            process.kill()  # where it did not end in time
        assert process.returncode == 0, f"{arguments} ended with {process.returncode}: {errors}"
        return output

    def stage(self, stage: str, **others: object) -> str:
        return self.run(*command_of(stage), **others)

    def fail(self, code: int, *arguments: str, **others: object) -> str:
        """The first line of the error with which the command ends. Raises AssertionError where it ends in
        any other way, or shows a traceback."""
        return error_of(self.start(*arguments, **others), code)

    def finish(self) -> None:
        """Goes on to the end of the night."""
        self.run(*NIGHT, "--once")

    def wait_until_alone(self) -> None:
        """A server notices a dead client when it next speaks to it, and then rolls back."""
        deadline = time.monotonic() + LONGEST_S
        while self.admin("select count(*) from pg_stat_activity where datname = %s", WORK):
            assert time.monotonic() < deadline, "the dead sessions do not end"
            time.sleep(0.01)

    # ---------- the server

    @contextmanager
    def waiting_for_disk(self) -> Iterator[None]:
        """A commit lasts, as on a server that is not one of tests."""
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            self.admin(f"alter system reset {name}")
        self.admin("select pg_reload_conf()")
        yield
        without_waiting_for_disk(self.server_dsn)

    def restart_postgres(self, how: str = "fast", **environment: str) -> None:
        """Down, `immediate` as in a crash, and up again; a server that is down just comes up."""
        self.services.pg_ctl("-m", how, "-l", str(self.postgres / "log"), "restart", **environment)

    def stop_postgres(self, how: str) -> None:
        """One that is down already stays down."""
        with suppress(subprocess.CalledProcessError):
            self.services.pg_ctl("-m", how, "stop")

    # ---------- going back

    def keep(self, name: str) -> None:
        self.wait_until_alone()
        self.admin(f"drop database if exists faults_{name}")
        self.admin(f"create database faults_{name} template {WORK} {COPIED}")
        _copy(self.store, self._kept(name))

    def go_back(self, name: str) -> None:
        self.admin(f"drop database if exists {WORK} with (force)")
        self.admin(f"create database {WORK} template faults_{name} {COPIED}")
        _copy(self._kept(name), self.store)

    def _kept(self, name: str) -> Path:
        return self.house.folder / "kept" / name

    def admin(self, statement: str, *values: object) -> object:
        with closing(connect(self.server_dsn)) as admin:
            admin.autocommit = True
            with admin.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchone()[0] if cursor.description else None

    # ---------- what there is

    def seen(self) -> str:
        """A hash of what readers and the audit see: every row of the marts, and what is published."""
        shown = self.house.query(
            "select batch_id, model_version from ops.publication union all"
            " select batch_id, version from ops.model_versions where status = 'active' union all"
            " select batch_id, status from ops.batches where status = 'published' order by 1, 2"
        )
        relations = self.house.query(
            "select relname from pg_class where relnamespace = 'marts'::regnamespace"
            " and relkind in ('r', 'p') and not relispartition order by 1"
        )
        all_rows = (
            "select '{0}', md5(string_agg(mart::text, e'\\n' order by mart::text))"
            " from marts.{0} as mart"
        )
        rows = relations and self.house.query(
            " union all ".join(all_rows.format(name) for (name,) in relations) + " order by 1"
        )
        return hashlib.sha256(json.dumps([shown, relations, rows]).encode()).hexdigest()

    def schema(self) -> str:
        """A hash of all relations and their columns."""
        rows = self.house.query(
            "select table_schema, table_name, column_name, data_type from information_schema.columns"
            " where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2, 3"
        )
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    def half_done(self) -> list[str]:
        """What no kill may leave: half a page, an ad without its row, numbers that do not add up."""
        broken = {
            "pages whose ads are not all there": (
                "select count(*) from raw.requests where outcome = 'landed' and ads <> (select count(*)"
                " from raw.sightings where sightings.request_id = requests.request_id)"
            ),
            "known ads without a row": (
                "select count(*) from raw.known_ads where not exists"
                " (select from raw.ads where ads.ad_key = known_ads.ad_key)"
            ),
            "rows that are there twice": (
                "select count(*) - count(distinct (job_id, content_hash)) from raw.ads"
            ),
            "ads that came new twice": (
                "select count(*) - count(distinct job_id) from raw.sightings where outcome = 'inserted'"
            ),
        }
        (counted,) = self.house.query(
            f"select {', '.join(f'({query})' for query in broken.values())}"
        )
        return [f"{count} {what}" for what, count in zip(broken, counted, strict=True) if count]

    def end(self) -> dict[str, object]:
        """What a night that is over leaves, without its times."""
        versions = self.house.query("select version, files from ops.model_versions order by 1")
        for version, files in versions:
            verify(self.store, version, files)
        return {
            **self.house.marts(),
            "batches": self.house.query(
                "select batch_id, status, collected, inserted, updated, unchanged, repeated, quarantined,"
                " vanished from ops.batches order by 1"
            ),
            "raw ads": self.house.query(
                "select job_id::text, content_hash, count(*) from raw.ads group by 1, 2 order by 1, 2"
            ),
            "sightings": self.house.query(
                "select batch_id, outcome, count(*) from raw.sightings group by 1, 2 order by 1, 2"
            ),
            "model": self.house.model(),
            "versions": [version for version, _ in versions],
            "in the store": sorted(path.name for path in (self.store / "tfidf").iterdir()),
        }


def error_of(process: Popen, code: int) -> str:
    """The first line of the error with which a process ends."""
    found, error = told_by(process)
    assert found == code, f"ended with {found}: {error}"
    return error


def told_by(process: Popen) -> tuple[int, str]:
    """How a process ends, on time and with no traceback, and the first line of its one error."""
    try:
        output, errors = process.communicate(timeout=LONGEST_S)
    finally:
        process.kill()  # where it did not end in time
    assert "Traceback" not in errors, errors
    told = [line for line in errors.splitlines() if line.startswith("error: ")]
    assert len(told) == bool(process.returncode), f"not one error is told: {output}{errors}"
    return process.returncode, told[0].removeprefix("error: ") if told else ""


def command_of(stage: str) -> tuple[str, ...]:
    if stage == "migrations":
        return ("status",)
    return ("stage", stage, "--date", str(DAY), "--searches", str(EVERY_BATCH))


@contextmanager
def new_world() -> Iterator[World]:
    """With servers of its own. The database is empty, and so is one to go back to."""
    with TemporaryDirectory(prefix="jobdash-faults-") as folder:
        services = LocalServices(Path(folder, "servers"))
        server_dsn = without_waiting_for_disk(services.start_postgres())
        cache = services.start_cache()
        try:
            with (
                StatementProxy(server_dsn) as proxy,
                Nursery(Path(folder)) as nursery,
                SimulatorServer(nights()[-1], today=DAY) as simulator,
            ):
                at = Path(folder, "house")
                world = World(
                    House(make_dsn(server_dsn, dbname=WORK), cache, at),
                    House(make_dsn(proxy.address, dbname=WORK), cache, at),
                    proxy,
                    nursery,
                    server_dsn,
                    simulator.base_url,
                )
                with closing(connect(server_dsn)) as admin:
                    admin.autocommit = True
                    create_database(admin, WORK)
                world.store.mkdir(parents=True)
                world.keep("migrations")
                yield world
        finally:
            services.stop_cache()
            services.stop_postgres()


def publish_two_nights(world: World) -> None:
    for later, ads in enumerate(nights()[:-1]):
        day = FIRST_DAY + timedelta(days=later)
        with SimulatorServer(ads, today=day) as simulator:
            world.run(
                *("run", "--date", str(day), "--searches", str(EVERY_BATCH)),
                ADZUNA_BASE_URL=simulator.base_url,
            )


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
