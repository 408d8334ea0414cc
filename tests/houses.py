"""A house for a test: a database, a cache, a folder, and batches to run in it."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from databases import new_database, share_parsed

from core.batches import Batch
from core.database import connect
from core.paths import ROOT
from core.settings import Settings
from ingest.simulator import SimulatorServer
from pipeline.addresses import Addresses
from pipeline.batch import run_batch
from pipeline.dbt import Dbt

# A search that is read whole in every batch.
EVERY_BATCH = Path(__file__).with_name("every_batch.yml")
# What differs between two runs that end the same: times, and the audit that tells how they went.
NOT_COMPARED = {
    # PostgreSQL gives the numbers of a page that was killed half-way to no other row
    "quarantined_ads": ["fetched_at", "raw_ad_key"],
    "job_changes": ["changed_at"],
    "job_history": ["valid_from", "valid_to"],
}
MARTS = (
    "companies", "daily_openings", "dates", "field_completeness", "job_changes", "job_history",
    "job_skills", "job_stays", "jobs", "locations", "monthly_openings", "pay_mentions", "pay_trends",
    "quarantined_ads", "skill_trends", "skills", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class House:
    database_url: str
    redis_url: str
    folder: Path

    def __post_init__(self) -> None:
        share_parsed(self.folder / "dbt" / "target", self.database_url)

    def collect_from(self, ads: list, day: date, **kwargs) -> Batch:
        """One whole batch of a day, in this process, from a simulator that has these ads."""
        with SimulatorServer(ads, today=day) as simulator:
            return self.run(day, base_url=simulator.base_url, **kwargs)

    def run(
        self,
        day: date,
        *,
        base_url: str,
        searches: Path = EVERY_BATCH,
        once: bool = False,
        **others: object,
    ) -> Batch:
        settings = self.settings(base_url, **others)
        return run_batch(settings, self.addresses, day, searches, once=once)

    def settings(self, base_url: str, **others: object) -> Settings:
        return Settings(
            database_url=self.database_url,
            redis_url=self.redis_url,
            local_folder=self.folder,
            adzuna_app_id="simulator",
            adzuna_app_key="simulator",
            adzuna_base_url=base_url,
            retry_wait=0,
            **others,
        )

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.database_url, self.redis_url)

    def jobdash(self, *arguments: str, **settings: str) -> subprocess.Popen:
        """The command line, in a process of its own, with nothing of the user's environment."""
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("jobdash")), *arguments],
            env=self.environment(**settings),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def environment(self, **settings: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "JOBDASH_LOCAL": str(self.folder),
            **settings,
        }

    def query(self, statement: str, *values: object) -> list[tuple]:
        with closing(connect(self.database_url)) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
            return rows

    def value(self, statement: str, *values: object) -> object:
        return self.query(statement, *values)[0][0]

    def law(self, batch: Batch) -> dict[str, int]:
        names = (
            "collected", "inserted", "updated", "unchanged", "repeated", "quarantined", "vanished"
        )  # fmt: skip
        (row,) = self.query(
            f"select {', '.join(names)} from ops.batches where batch_id = %s", batch.batch_id
        )
        return dict(zip(names, row, strict=True))

    def marts(self, schema: str = "marts", without: tuple[str, ...] = ()) -> dict[str, str]:
        """A hash of the rows of every mart."""
        return {mart: self._hash(schema, mart, without) for mart in MARTS}

    def model(self) -> tuple[str, dict]:
        """The version in force and the hashes of its files."""
        ((version, files),) = self.query(
            "select version, files from ops.model_versions where status = 'active'"
        )
        return version, {name: facts["sha256"] for name, facts in files.items()}

    def _hash(self, schema: str, mart: str, without: tuple[str, ...]) -> str:
        left_out = [*NOT_COMPARED.get(mart, []), *without]
        columns = [
            name
            for (name,) in self.query(
                "select column_name from information_schema.columns where table_schema = %s"
                " and table_name = %s and not column_name = any(%s) order by column_name",
                schema, mart, left_out,
            )
        ]  # fmt: skip
        assert columns, f"{schema}.{mart} is not there"
        digest = hashlib.sha256()
        row = ", ".join(columns)
        for (text,) in self.query(f"select ({row})::text from {schema}.{mart} order by 1"):
            digest.update(text.encode())
        return digest.hexdigest()


@contextmanager
def new_house(server_dsn: str, template: str, redis_url: str) -> Iterator[House]:
    """A house with a database and a folder that are gone when the block ends."""
    with TemporaryDirectory() as folder, new_database(server_dsn, template) as dsn:
        yield House(dsn, redis_url, Path(folder))


def build_from_nothing(house: House) -> None:
    """All that dbt owns, into `marts_next`, from what was collected."""
    for schema in ("intermediate", "marts_next"):
        house.query(f"drop schema {schema} cascade; create schema {schema}")
    Dbt(house.database_url, house.folder / "dbt").build(select=["jobdash"])


def but_for_stays(marts: dict[str, str]) -> dict[str, str]:
    """The marts that stay as they are when ads are merely seen again."""
    return {mart: rows for mart, rows in marts.items() if mart != "job_stays"}
