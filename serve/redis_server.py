"""A Redis that may be gone."""

import time
from collections.abc import Callable
from typing import TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")

# A cache that answers later than the database is of no use.
TIMEOUT_S = 0.25
# How long one that is gone is left alone, so that not every request waits for it.
REST_S = 1.0


class RedisServer:
    def __init__(self, url: str):
        # One more try at once: a connection that waited may have ended with its server.
        again = Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,))
        self._client = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=again
        )
        self._rests_until = 0.0

    def ask(self, command: Callable[[redis.Redis], T]) -> T | None:
        """What it says; None where it is gone or refuses."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            return command(self._client)
        except (redis.ConnectionError, redis.TimeoutError):
            self._rests_until = time.monotonic() + REST_S
        except redis.RedisError:
            pass
        return None
