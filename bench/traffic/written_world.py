"""The small published world of the API's tests, on servers of its own."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scratch import migrated_database

from core.paths import ROOT
from traffic.serving import Served, jobdash_served, own_services

sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests" / "serve"))
from published_world import World
from written_ads import ADS, UNKNOWN, Ad

__all__ = ["ADS", "UNKNOWN", "Ad", "World", "serve", "written_world"]


@contextmanager
def written_world() -> Iterator[World]:
    """Nothing is published in it yet."""
    with (
        TemporaryDirectory(prefix="jobdash-world-") as folder,
        own_services() as (server_dsn, redis_url),
        migrated_database(server_dsn, waits_for_disk=False) as dsn,
    ):
        yield World(dsn, redis_url, Path(folder))


def serve(world: World) -> AbstractContextManager[Served]:
    return jobdash_served(world.database_url, world.redis_url, world.folder, world.store)
