"""Which questions are asked most: they are answered anew as soon as something is published."""

from collections import Counter
from threading import Lock

from serve.redis_server import RedisServer

# In the WSGI environment of questions that nobody asked, where no client can write.
OF_OUR_OWN = "jobdash.own"
BUSIEST = "jobdash:busiest"
KEPT, COUNTED_AT_ONCE = 1_000, 200
LIVES_S = 8 * 24 * 3600


class Busiest:
    """Counted in the process and added up in Redis now and then, to cost a request nothing."""

    def __init__(self, redis: RedisServer):
        self._redis = redis
        self._counted: Counter[str] = Counter()
        self._lock = Lock()

    def note(self, path: str) -> None:
        with self._lock:
            if len(self._counted) < KEPT or path in self._counted:
                self._counted[path] += 1

    def add_up(self) -> None:
        with self._lock:
            counted, self._counted = self._counted, Counter()

        def write(redis) -> None:
            for path, times in counted.most_common(COUNTED_AT_ONCE):
                redis.zincrby(BUSIEST, times, path)
            redis.zremrangebyrank(BUSIEST, 0, -KEPT - 1)
            redis.expire(BUSIEST, LIVES_S)

        if counted:
            self._redis.ask(write)

    def top(self, most: int) -> list[str]:
        """Most asked first; what was asked long ago weighs less with each time."""
        paths = self._redis.ask(lambda redis: redis.zrevrange(BUSIEST, 0, most - 1)) or []
        self._redis.ask(lambda redis: redis.zunionstore(BUSIEST, {BUSIEST: 0.5}))
        return [path.decode() for path in paths]
