from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from houses import House

from core.database import connect


@pytest.fixture
def house(warehouse: str, redis_url: str, tmp_path: Path) -> House:
    return House(warehouse, redis_url, tmp_path)


@pytest.fixture
def reader(house: House) -> Iterator[psycopg2.extensions.connection]:
    with closing(connect(house.database_url)) as opened:
        opened.autocommit = True
        yield opened
