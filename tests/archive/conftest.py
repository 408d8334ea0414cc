from pathlib import Path

import psycopg2
import pytest
from archive.months import FEBRUARY, JANUARY, fill
from houses import House

from ingest.archive.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


@pytest.fixture
def two_months(connection: psycopg2.extensions.connection) -> psycopg2.extensions.connection:
    """January and February, and in May the newest batch, which must stay."""
    fill(connection, JANUARY, batch=1)
    fill(connection, FEBRUARY, batch=2)
    fill(connection, FEBRUARY.replace(month=5), batch=3, rows=5)
    return connection


@pytest.fixture
def house(database: str, redis_url: str, tmp_path: Path) -> House:
    return House(database, redis_url, tmp_path)
