"""Real servers for the tests: those of DATABASE_URL and REDIS_URL, or embedded ones of their own.

Every test that writes gets a database of its own, so that nothing of a user's is touched.
"""

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg2
import pytest
import redis
from psycopg2.extensions import make_dsn

from core.database import check_server, connect, create_database
from core.migrations import migrate
from core.paths import MIGRATIONS, ROOT
from pipeline.services import LocalServices

SHARED = ROOT.parent / "shared"
# A user's cache is on database 0 or in a cluster; the tests keep to the last of the usual sixteen.
REDIS_DATABASE = 15


@pytest.fixture(scope="session")
def local_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServices]:
    services = LocalServices(tmp_path_factory.mktemp("servers"))
    yield services
    services.stop_cache()
    services.stop_postgres()


@pytest.fixture(scope="session")
def server_dsn(local_services: LocalServices) -> str:
    return os.environ.get("DATABASE_URL") or local_services.start_postgres()


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


@pytest.fixture
def database(server_dsn: str, template_database: str) -> Iterator[str]:
    """The address of a migrated database without a row."""
    with new_database(server_dsn, template=_name(template_database)) as dsn:
        yield dsn


@pytest.fixture
def connection(database: str) -> Iterator[psycopg2.extensions.connection]:
    with closing(connect(database)) as opened:
        yield opened


class new_database:
    """A database that is dropped when the block ends, whoever is still connected."""

    def __init__(self, server_dsn: str, template: str | None = None):
        self._server_dsn = server_dsn
        self._template = template
        self._name = f"jobdash_test_{uuid4().hex[:12]}"

    def __enter__(self) -> str:
        with self._admin() as admin:
            if self._template:
                with admin.cursor() as cursor:
                    cursor.execute(f"create database {self._name} template {self._template}")
            else:
                create_database(admin, self._name)
        return make_dsn(self._server_dsn, dbname=self._name)

    def __exit__(self, *_: object) -> None:
        with self._admin() as admin, admin.cursor() as cursor:
            cursor.execute(f"drop database if exists {self._name} with (force)")

    @contextmanager
    def _admin(self) -> Iterator[psycopg2.extensions.connection]:
        with closing(connect(self._server_dsn)) as admin:
            admin.autocommit = True
            yield admin


def _name(dsn: str) -> str:
    return psycopg2.extensions.parse_dsn(dsn)["dbname"]


def shared_file(*names: str) -> Path:
    """A file of real ads, which are not part of the project; skips where they are absent."""
    path = SHARED.joinpath(*names)
    if not path.exists():
        pytest.skip(f"no real ads here: {'/'.join(names)} is not beside the project")
    return path


def read_ads(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
