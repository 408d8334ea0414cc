"""dbt, called in this process: a second call costs 0.4 s, a new process 4 to 5 s."""

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2.errors
from psycopg2.extensions import parse_dsn

from core.database import connect, transaction
from core.errors import DbtFailed
from core.paths import DBT_PROJECT

if TYPE_CHECKING:
    from dbt.artifacts.schemas.run import RunResult
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest


# What an address may ask for and profiles.yml has no place for; libpq reads it from the environment.
PASSED_ON = ("sslmode", "sslrootcert")


# A test costs 40 ms, and these are more than half of all. Constraints of `raw` and of the marts and
# unique indexes guard nearly all of what they say, at no cost; by hand `dbt build` runs them. What
# Power BI joins by, the unique keys of the marts, is tested every night.
GUARDED = [
    "test_name:not_null,path:models",
    "test_name:unique_together,path:models",
    "test_name:unique,path:models/staging",
    "test_name:unique,path:models/intermediate",
]
# What the server says: no model and no test is at fault.
DISK_FULL = "No space left on device"


@dataclass(frozen=True)
class DbtCounts:
    models: int
    tests: int
    slowest: str


class Dbt:
    """The project against one database. One call at a time: dbtRunner is not made for two."""

    def __init__(self, dsn: str, scratch: Path, project: Path = DBT_PROJECT):
        self._dsn = dsn
        self._project = project
        self._scratch = scratch
        self._manifest: Manifest | None = None
        self.last_results: list[RunResult] = []
        os.environ.update(_profile_environment(dsn))

    def build(self, select: list[str]) -> DbtCounts:
        """Builds and tests what is selected, tests looking at what the newest batch changed.

        Raises DbtFailed with the names of what failed and the first lines of why, or DiskFull.
        """
        arguments = ["build", "--select", *select]
        arguments += ["--exclude-resource-type", "unit_test", "--vars", "tests: changed"]
        arguments += ["--exclude", *GUARDED, *self._loaded_seeds()]
        result = self._invoke(arguments)
        self.last_results = results = list(result.result or [])
        failed = [r for r in results if r.status in ("error", "fail", "runtime error")]
        if any(DISK_FULL in (r.message or "") for r in failed):
            raise psycopg2.errors.DiskFull(_why(failed, result))
        if failed or not result.success:
            raise DbtFailed(_why(failed, result))
        models = [r for r in results if r.node.resource_type == "model"]
        slowest = max(models, key=lambda r: r.execution_time)
        return DbtCounts(
            models=len(models),
            tests=sum(r.node.resource_type == "test" for r in results),
            slowest=f"{slowest.node.name} {slowest.execution_time:.1f} s",
        )

    def _loaded_seeds(self) -> list[str]:
        """Names of the seeds whose tables hold what their files say: a post-hook wrote the checksum."""
        seeds = [node for node in self._parsed().nodes.values() if node.resource_type == "seed"]
        with closing(connect(self._dsn)) as connection, transaction(connection) as cursor:
            cursor.execute(
                "select relname, obj_description(oid, 'pg_class') from pg_class"
                " where relnamespace = to_regnamespace(%s)",
                (seeds[0].schema,),
            )
            loaded = dict(cursor.fetchall())
        return [seed.name for seed in seeds if loaded.get(seed.name) == seed.checksum.checksum]

    def _invoke(self, arguments: list[str]) -> "dbtRunnerResult":
        from dbt.cli.main import dbtRunner  # takes seconds, and two stages do without it

        return dbtRunner(manifest=self._parsed()).invoke(["--quiet", *arguments, *self._folders])

    def _parsed(self) -> "Manifest":
        from dbt.cli.main import dbtRunner

        if self._manifest is None:
            parsed = dbtRunner().invoke(
                ["--quiet", "parse", *self._folders, "--vars", "tests: changed"]
            )
            if not parsed.success:
                raise DbtFailed(f"The dbt project cannot be read: {parsed.exception}")
            self._manifest = parsed.result
        return self._manifest

    @property
    def _folders(self) -> list[str]:
        return [
            *("--project-dir", str(self._project)),
            *("--profiles-dir", str(self._project)),
            *("--target-path", str(self._scratch / "target")),
            *("--log-path", str(self._scratch / "logs")),
            *("--target", "shared"),
            "--no-write-json",  # each call wrote 6 MB that nobody read: `dbt docs` writes its own
        ]


def _why(failed: list, result: "dbtRunnerResult") -> str:
    if not failed:
        return f"dbt stopped: {result.exception or 'see its log, .local/dbt/logs/dbt.log'}"
    lines = [
        f"{r.node.name}: {' '.join((r.message or r.status).split())[:400]}" for r in failed[:5]
    ]
    more = f"\nand {len(failed) - 5} more" if len(failed) > 5 else ""
    return f"{len(failed)} dbt nodes failed.\n" + "\n".join(lines) + more


def _profile_environment(dsn: str) -> dict[str, str]:
    """The variables that profiles.yml reads, as libpq itself understands the address."""
    asked = parse_dsn(dsn)
    with closing(connect(dsn)) as connection:
        address = connection.info
        return {
            **{f"PG{name.upper()}": asked[name] for name in PASSED_ON if name in asked},
            "DBT_HOST": address.host,
            "DBT_PORT": str(address.port),
            "DBT_USER": address.user,
            "DBT_ENV_SECRET_PASSWORD": address.password or "",
            "DBT_NAME": address.dbname,
            # libpq hands it to the server: compiling queries of a second costs more than it gives, and
            # what dbt commits is on disk when the stage is written down as done
            "PGOPTIONS": "-c jit=off -c work_mem=64MB -c synchronous_commit=off",
        }
