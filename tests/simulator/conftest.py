from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import requests

from ingest.simulator import SimulatorServer, ads_on

DAY = date(2026, 1, 8)
KEYS = {"app_id": "simulator", "app_key": "simulator"}


@pytest.fixture(scope="session")
def day() -> date:
    return DAY


@pytest.fixture(scope="session")
def world() -> list[Any]:
    """Ten thousand ads as they stand on one day: what the figures were taken from in number."""
    return ads_on(DAY, 10_000, seed=7)


@pytest.fixture(scope="session")
def objects(world: list[Any]) -> list[dict]:
    return [ad for ad in world if isinstance(ad, dict)]


@pytest.fixture(scope="session")
def simulator(world: list[Any]) -> Iterator[SimulatorServer]:
    with SimulatorServer(world, today=DAY) as server:
        yield server


@pytest.fixture(scope="session")
def fetch(simulator: SimulatorServer) -> Callable[..., requests.Response]:
    """Asks for a page of ads in France with good keys."""

    def fetch(page: int | str = 1, country: str = "fr", **parameters: Any) -> requests.Response:
        return get(simulator, f"jobs/{country}/search/{page}", **parameters)

    return fetch


def get(server: SimulatorServer, path: str, **parameters: Any) -> requests.Response:
    return requests.get(f"{server.base_url}/{path}", params=KEYS | parameters, timeout=20)


@pytest.fixture(scope="session")
def ask() -> Callable[..., requests.Response]:
    """Asks any server for any path with good keys."""
    return get
