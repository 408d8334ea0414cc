from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from published_world import World
from written_ads import ADS

from serve.app import create_app


@pytest.fixture
def empty_world(database: str, empty_cache: str, tmp_path: Path) -> World:
    """Nothing published yet."""
    return World(database, empty_cache, tmp_path / "models")


@pytest.fixture
def world(empty_world: World) -> World:
    empty_world.publish(1, ADS)
    return empty_world


@pytest.fixture
def app(world: World) -> Flask:
    return create_app(world.settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
