"""dbt as analytics engineers call it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from databases import share_parsed
from psycopg2.extensions import parse_dsn

from core.paths import DBT_PROJECT


@pytest.fixture
def database(warehouse: str) -> str:
    return warehouse


@pytest.fixture
def environment(database: str, tmp_path: Path) -> dict[str, str]:
    """What dbt and jobdash are told of the test's database, and nothing of the user's own."""
    address = parse_dsn(database)
    share_parsed(tmp_path / "target", database)
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "USER": "Anna-Lena",
        "DATABASE_URL": database,
        "DBT_HOST": address["host"],
        "DBT_PORT": address.get("port", "5432"),
        "DBT_USER": address["user"],
        "DBT_ENV_SECRET_PASSWORD": address.get("password", ""),
        "DBT_NAME": address["dbname"],
        "DBT_TARGET_PATH": str(tmp_path / "target"),
        "DBT_LOG_PATH": str(tmp_path / "logs"),
    }


@pytest.fixture
def dbt(environment: dict[str, str]) -> Callable[..., str]:
    """Calls dbt against the test's database, as `profiles.yml` describes for every kind of address."""

    def call(*arguments: str, succeeds: bool = True) -> str:
        ended = subprocess.run(
            ["dbt", *arguments], cwd=DBT_PROJECT, env=environment, capture_output=True, text=True
        )
        assert (ended.returncode == 0) == succeeds, ended.stdout + ended.stderr
        return ended.stdout

    return call
