import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from databases import new_database
from flask.testing import FlaskClient
from published_world import World
from werkzeug.test import TestResponse
from written_ads import ADS


@pytest.fixture(scope="session")
def published(server_dsn: str, template_database: str, redis_url: str) -> Iterator[World]:
    """One world for all tests that only read."""
    with (
        TemporaryDirectory() as folder,
        new_database(server_dsn, template=template_database) as dsn,
    ):
        world = World(dsn, redis_url, Path(folder))
        world.publish(1, ADS)
        yield world


@pytest.fixture
def client(published: World, empty_cache: str) -> FlaskClient:
    return published.client()


@pytest.fixture
def empty_world(database: str, empty_cache: str, tmp_path: Path) -> World:
    """A world of the test's own, in which nothing is published yet."""
    return World(database, empty_cache, tmp_path)


@pytest.fixture
def world(empty_world: World) -> World:
    """A world of the test's own, to change and to break."""
    empty_world.publish(1, ADS)
    return empty_world


@pytest.fixture
def dead_redis() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def untimed():
    """An answer without what differs each time."""

    def without_time(response: TestResponse) -> dict:
        told = response.json
        assert told.pop("took_ms") >= 0
        return told

    return without_time
