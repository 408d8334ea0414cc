import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from databases import new_database
from generated import DAY, ads_of
from houses import House, new_house

from core.database import connect


@pytest.fixture
def house(warehouse: str, redis_url: str, tmp_path: Path) -> House:
    return House(warehouse, redis_url, tmp_path)


@pytest.fixture(scope="session")
def first_night(server_dsn: str, template_warehouse: str, redis_url: str) -> Iterator[House]:
    """A house to copy from, after the batch of `DAY`: many tests are about what comes then."""
    with new_house(server_dsn, template_warehouse, redis_url) as house:
        house.collect_from(ads_of(0), DAY)
        yield house


@pytest.fixture
def published(server_dsn: str, first_night: House, tmp_path: Path) -> Iterator[House]:
    """A house of one's own in which the batch of `DAY` is published."""
    shutil.copytree(first_night.folder / "models", tmp_path / "models")
    with new_database(server_dsn, template=first_night.database_url) as dsn:
        yield House(dsn, first_night.redis_url, tmp_path)


@pytest.fixture
def reader(house: House) -> Iterator[psycopg2.extensions.connection]:
    with closing(connect(house.database_url)) as opened:
        opened.autocommit = True
        yield opened
