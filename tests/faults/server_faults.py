"""What happens to the servers: Redis is gone, full or slow."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
from worlds import Night, World

from pipeline.services import LocalServices


def redis_gone(world: World, night: Night) -> str:
    """Nobody listens where Redis was."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
    world.go_back("export")
    output = world.stage("export", REDIS_URL=nobody)
    assert world.end() == night.end
    return f"export publishes and ends with 0: {output.strip().splitlines()[-1]}"


def redis_full(world: World, night: Night) -> str:
    """Not a byte is left, and nothing is evicted."""
    with cache(world.house.folder / "full") as url, redis.Redis.from_url(url) as client:
        client.config_set("maxmemory", "1")
        client.config_set("maxmemory-policy", "noeviction")
        world.go_back("export")
        output = world.stage("export", REDIS_URL=url)
        assert world.end() == night.end
    return f"export publishes and ends with 0: {output.strip().splitlines()[-1]}"


def redis_slow(world: World, night: Night) -> str:
    """Each answer takes a minute."""
    with slow_server(60) as port:
        world.go_back("export")
        began = time.monotonic()
        world.stage("export", REDIS_URL=f"redis://127.0.0.1:{port}/0")
        took = time.monotonic() - began
        assert took < 30, f"export took {took:.0f} s"
        assert world.end() == night.end
    return f"export does not wait for it: {took:.1f} s in all"


@contextmanager
def cache(folder: Path):
    services = LocalServices(folder)
    try:
        yield services.start_cache()
    finally:
        services.stop_cache()


@contextmanager
def slow_server(seconds: float):
    """Takes connections and says nothing for so long."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held = []

        def hold() -> None:
            with suppress(OSError):
                while True:
                    held.append(listening.accept()[0])

        threading.Thread(target=hold, daemon=True).start()
        yield listening.getsockname()[1]
        for one in held:
            one.close()
