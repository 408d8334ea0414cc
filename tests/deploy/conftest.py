"""The database of compose with one published batch, as its owner made it."""

from collections.abc import Iterator
from datetime import date

import pytest
from backup.backed_up import BackedUp
from composed import POSTGRES, Postgres, compose_postgres, open_folder, started

from ingest.simulator import ads_on
from pipeline.addresses import prepare

DAY = date(2026, 1, 8)
ADS = 100


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    if not (POSTGRES / "postgres").exists():
        pytest.skip(f"needs {POSTGRES}: apt-get install postgresql-15")
    with compose_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def compose_redis() -> Iterator[str]:
    """Where it listens."""
    with open_folder("redis") as folder, started("redis", f"--dir {folder}") as address:
        yield address


@pytest.fixture(scope="session")
def house(postgres: Postgres, redis_url: str) -> Iterator[BackedUp]:
    """Migrated and built by `jobdash`, who is no superuser."""
    with open_folder("house") as folder:
        house = BackedUp(postgres.dsn("jobdash"), redis_url, folder)
        prepare(house.addresses)
        house.collect_from(ads_on(DAY, ADS, seed=3), DAY)
        yield house
