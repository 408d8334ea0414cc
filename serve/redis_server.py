"""A Redis that may be gone: one server, or a cluster where the address says `redis+cluster://`."""

import time
from collections.abc import Callable
from typing import TypeVar

import redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisClusterException
from redis.retry import Retry

T = TypeVar("T")
Client = redis.Redis | redis.RedisCluster

GONE = (redis.RedisError, RedisClusterException)
CLUSTER = "+cluster://"
# A cache that answers later than the database is of no use.
TIMEOUT_S = 0.25
# How long one that is gone is left alone, so that not every request waits for it.
REST_S = 1.0


def connect(url: str, timeout_s: float = TIMEOUT_S) -> Client:
    """Raises one of GONE where a cluster does not answer; one server is first asked later."""
    limits = {"socket_timeout": timeout_s, "socket_connect_timeout": timeout_s}
    if CLUSTER in url:
        return redis.RedisCluster.from_url(url.replace(CLUSTER, "://", 1), **limits)
    # One more try at once: a connection that waited may have ended with its server.
    again = Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,))
    return redis.Redis.from_url(url, retry=again, **limits)


class RedisServer:
    def __init__(self, url: str):
        self._url = url
        self._client: Client | None = None
        self._rests_until = 0.0

    def ask(self, command: Callable[[Client], T]) -> T | None:
        """What it says; None where it is gone or refuses."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            if self._client is None:
                self._client = connect(self._url)
            return command(self._client)
        except (redis.ConnectionError, redis.TimeoutError, RedisClusterException):
            self._rests_until = time.monotonic() + REST_S
        except redis.RedisError:
            pass
        return None
