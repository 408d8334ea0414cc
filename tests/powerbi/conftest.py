"""A published house, with the model and what dbt promises beside it. Its two batches are run once for
all tests of a process."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta

import psycopg2
import pytest
from databases import new_database
from houses import House, new_house
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn
from tmdl import Model, read_model
from write_model import DEFINITION, Marts, marts_of, read_manifest

from core.database import connect
from ingest.simulator import ads_on

DAY = date(2026, 1, 8)
ADS = 300
PASSWORD = "of-the-test"


@pytest.fixture(scope="session")
def marts() -> Marts:
    return marts_of(read_manifest())


@pytest.fixture(scope="session")
def model() -> Model:
    return read_model(DEFINITION)


@pytest.fixture(scope="session")
def published(server_dsn: str, template_warehouse: str, redis_url: str) -> Iterator[House]:
    """After two batches, so that both generations of the marts have been read and swapped."""
    with new_house(server_dsn, template_warehouse, redis_url) as house:
        for day in (DAY, DAY + timedelta(days=1)):
            house.collect_from(ads_on(day, ADS, seed=3), day)
        yield house


@pytest.fixture
def copy(server_dsn: str, published: House) -> Iterator[House]:
    """The published house once more, to change and to break."""
    with new_database(server_dsn, template=published.database_url) as dsn:
        yield House(dsn, published.redis_url, published.folder)


@pytest.fixture(scope="session")
def as_reader(server_dsn: str, template_database: str) -> Iterator[Callable[[str], Connection]]:
    """Opens a connection to a database as a report does, once an administrator let `bi_reader` in."""
    with closing(connect(server_dsn)) as admin, admin.cursor() as cursor:
        admin.autocommit = True
        cursor.execute("select rolcanlogin from pg_roles where rolname = 'bi_reader'")
        if cursor.fetchone()[0]:
            pytest.skip("reports log in on this server: their password stays as it is")
        cursor.execute(f"alter role bi_reader login password '{PASSWORD}'")
        try:
            yield lambda dsn: psycopg2.connect(make_dsn(dsn, user="bi_reader", password=PASSWORD))
        finally:
            cursor.execute("alter role bi_reader nologin password null")
