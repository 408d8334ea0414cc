"""dbt as analytics engineers call it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg2.extensions import parse_dsn

from core.paths import DBT_PROJECT


@pytest.fixture
def database(warehouse: str) -> str:
    return warehouse


@pytest.fixture
def dbt(database: str, tmp_path: Path):
    """Calls dbt against the test's database, as `profiles.yml` describes for every kind of address."""
    address = parse_dsn(database)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DATABASE_URL": "set by the variables below",
        "DBT_HOST": address["host"],
        "DBT_PORT": address.get("port", "5432"),
        "DBT_USER": address["user"],
        "DBT_ENV_SECRET_PASSWORD": address.get("password", ""),
        "DBT_NAME": address["dbname"],
        "DBT_TARGET_PATH": str(tmp_path / "target"),
        "DBT_LOG_PATH": str(tmp_path / "logs"),
    }

    def call(*arguments: str, succeeds: bool = True) -> str:
        ended = subprocess.run(
            [str(Path(sys.executable).with_name("dbt")), *arguments],
            cwd=DBT_PROJECT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert (ended.returncode == 0) == succeeds, ended.stdout + ended.stderr
        return ended.stdout

    return call
