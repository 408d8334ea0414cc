"""Real servers for the tests: those of DATABASE_URL and REDIS_URL, or embedded ones of their own.

Every test that writes gets a database of its own, so that nothing of a user's is touched.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
import redis
from databases import new_database, without_waiting_for_disk

from core.database import check_server, connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from pipeline.dbt import Dbt
from pipeline.services import LocalServices

# A user's cache is on database 0 or in a cluster; the tests keep to the last of the usual sixteen, each
# of the processes that share them to one: `gw0` to the last, `gw1` to the one before.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_DATABASE = 15 - WORKER


@pytest.fixture(scope="session")
def local_services() -> Iterator[LocalServices]:
    # not pytest's own folder, which every session closes to other users: PostgreSQL is one under root
    with TemporaryDirectory(prefix="jobdash-") as folder:
        services = LocalServices(Path(folder))
        yield services
        services.stop_cache()
        services.stop_postgres()


@pytest.fixture(scope="session")
def server_dsn(local_services: LocalServices) -> str:
    return os.environ.get("DATABASE_URL") or without_waiting_for_disk(
        local_services.start_postgres()
    )


@pytest.fixture(scope="session")
def redis_url(local_services: LocalServices) -> str:
    url = os.environ.get("REDIS_URL")
    if not url:
        return local_services.start_cache()
    return urlunsplit(urlsplit(url)._replace(path=f"/{REDIS_DATABASE}"))


@pytest.fixture
def empty_cache(redis_url: str) -> str:
    """The address of a cache that knows nothing of jobdash."""
    with redis.Redis.from_url(redis_url) as client:
        for key in client.scan_iter("jobdash:*"):
            client.delete(key)
    return redis_url


@pytest.fixture(scope="session")
def template_database(server_dsn: str) -> Iterator[str]:
    """A migrated database to copy from."""
    with new_database(server_dsn) as dsn:
        with closing(connect(dsn)) as connection:
            check_server(connection)
            migrate(connection, MIGRATIONS)
        yield dsn


@pytest.fixture(scope="session")
def template_warehouse(server_dsn: str, template_database: str) -> Iterator[str]:
    """One that has the look-ups too: dbt needs seconds to load them, and skips those that are there."""
    with (
        new_database(server_dsn, template=template_database) as dsn,
        TemporaryDirectory() as scratch,
    ):
        Dbt(dsn, Path(scratch)).build(select=["resource_type:seed", "int_communes_named"])
        yield dsn


@pytest.fixture
def database(server_dsn: str, template_database: str) -> Iterator[str]:
    """The address of a migrated database without a row."""
    with new_database(server_dsn, template=template_database) as dsn:
        yield dsn


@pytest.fixture
def warehouse(server_dsn: str, template_warehouse: str) -> Iterator[str]:
    """The address of a database in which dbt may build: it has the look-ups, and no ads."""
    with new_database(server_dsn, template=template_warehouse) as dsn:
        yield dsn


@pytest.fixture
def connection(database: str) -> Iterator[psycopg2.extensions.connection]:
    with closing(connect(database)) as opened:
        yield opened
