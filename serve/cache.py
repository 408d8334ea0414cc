"""Answers in Redis, under keys that carry the batch and the model: a new publication asks for new
keys, and nothing is ever flushed. Without Redis every answer is the same, only slower."""

import hashlib
import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from redis import Redis, RedisError

from core.publication import Publication
from serve.recent import RecentAnswers
from serve.redis_server import RedisServer

ANSWER_LIVES_S = 3600
# How long a reader may show the batch before when the announcement was lost.
PUBLICATION_LIVES_S = 10
# How long a process goes by what it heard last. Cached answers at 8 clients and 2 workers, as parts
# of an empty view: 0.24 with Redis asked twice each time, 0.4 asked once, 0.55 to 0.66 this way.
PUBLICATION_FRESH_S = 0.05
# Ten jobs are 9 KB, fifty 45 KB.
ANSWERS_AT_HAND = 500
CURRENT = "jobdash:publication"
# Raised when the fields of answers change: those that an older release left in Redis are not ours.
FORM = 5
UNREADABLE = (ValueError, TypeError, KeyError, RecursionError)


class Cache:
    def __init__(self, url: str):
        self._redis = RedisServer(url)
        self._at_hand = RecentAnswers(ANSWERS_AT_HAND)
        self._heard: tuple[float, Publication | None] = (0.0, None)

    def is_up(self) -> bool:
        return bool(self._redis.ask(Redis.ping))

    def publication(self) -> Publication | None:
        """What is published, if the cache knows."""
        heard_at, publication = self._heard
        now = time.monotonic()
        if publication is None or now - heard_at > PUBLICATION_FRESH_S:
            publication = self._read_publication()
            self._heard = now, publication
        return publication

    def remember_publication(self, publication: Publication) -> None:
        """Fills a gap; over an announcement a reader that began before it does not write."""
        written = _to_json(publication)
        self._redis.ask(lambda redis: redis.set(CURRENT, written, ex=PUBLICATION_LIVES_S, nx=True))

    def get(self, kind: str, publication: Publication, query: dict) -> bytes | None:
        key = _key(kind, publication, query)
        answer = self._at_hand.get(key)
        if answer is None:
            answer = _whole(self._redis.ask(lambda redis: redis.get(key)))
            if answer is not None:
                self._at_hand.set(key, answer)
        return answer

    def set(self, kind: str, publication: Publication, query: dict, answer: bytes) -> None:
        key = _key(kind, publication, query)
        # jittered, so that answers that were asked for together do not end together
        lives = round(ANSWER_LIVES_S * random.uniform(0.8, 1.2))
        self._at_hand.set(key, answer)
        self._redis.ask(lambda redis: redis.set(key, answer, ex=lives))

    def _read_publication(self) -> Publication | None:
        written = self._redis.ask(lambda redis: redis.get(CURRENT))
        try:
            return None if written is None else _from_json(written)
        except UNREADABLE:
            self._redis.ask(lambda redis: redis.delete(CURRENT))
            return None


def announce(url: str, publication: Publication, warn: Callable[[str], None]) -> None:
    """Tells the cache what is published now. A cache that is gone learns it from the next request."""
    try:
        with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
            client.set(CURRENT, _to_json(publication), ex=PUBLICATION_LIVES_S)
    except RedisError as error:
        warn(f"  the cache was not told ({type(error).__name__}): it will ask the database")


def _key(kind: str, publication: Publication, query: dict) -> str:
    digest = hashlib.sha256(repr(sorted(query.items())).encode()).hexdigest()[:32]
    version = f"m{publication.model_version}:b{publication.batch_id}:f{FORM}"
    return f"jobdash:{kind}:{version}:{digest}"


def _whole(answer: bytes | None) -> bytes | None:
    """The answer, unless it was cut or is none of ours."""
    try:
        return answer if answer and "results" in json.loads(answer) else None
    except UNREADABLE:
        return None


def _to_json(publication: Publication) -> str:
    return json.dumps(asdict(publication), default=datetime.isoformat)


def _from_json(written: bytes) -> Publication:
    values = json.loads(written)
    values["published_at"] = datetime.fromisoformat(values["published_at"])
    return Publication(**values)
