"""Answers in Redis, under keys that carry the batch and the model: a new publication asks for new
keys, and nothing is ever flushed. Without Redis every answer is the same, only slower."""

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

import redis

from core.publication import Publication

# A cache that answers later than the database is of no use.
TIMEOUT_S = 0.25
ANSWER_LIVES_S = 3600
# How long a reader may show the batch before when the announcement was lost.
PUBLICATION_LIVES_S = 10
CURRENT = "jobdash:publication"


class Cache:
    def __init__(self, url: str):
        self._redis = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
        )

    def is_up(self) -> bool:
        try:
            return self._redis.ping()
        except redis.RedisError:
            return False

    def publication(self) -> Publication | None:
        """What is published, if the cache knows."""
        try:
            written = self._redis.get(CURRENT)
        except redis.RedisError:
            return None
        return _from_json(written) if written else None

    def remember_publication(self, publication: Publication) -> None:
        try:
            self._redis.set(CURRENT, _to_json(publication), ex=PUBLICATION_LIVES_S)
        except redis.RedisError:
            return

    def get(self, kind: str, publication: Publication, query: dict) -> bytes | None:
        try:
            return self._redis.get(_key(kind, publication, query))
        except redis.RedisError:
            return None

    def set(self, kind: str, publication: Publication, query: dict, answer: bytes) -> None:
        # jittered, so that answers that were asked for together do not end together
        lives = round(ANSWER_LIVES_S * random.uniform(0.8, 1.2))
        try:
            self._redis.set(_key(kind, publication, query), answer, ex=lives)
        except redis.RedisError:
            return


def announce(url: str, publication: Publication, warn: Callable[[str], None]) -> None:
    """Tells the cache what is published now. A cache that is gone learns it from the next request."""
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
            client.set(CURRENT, _to_json(publication), ex=PUBLICATION_LIVES_S)
            client.publish(CURRENT, _to_json(publication))
    except redis.RedisError as error:
        warn(f"  the cache was not told ({type(error).__name__}): it will ask the database")


def _key(kind: str, publication: Publication, query: dict) -> str:
    digest = hashlib.sha256(json.dumps(query, sort_keys=True).encode()).hexdigest()[:32]
    return f"jobdash:{kind}:m{publication.model_version}:b{publication.batch_id}:{digest}"


def _to_json(publication: Publication) -> str:
    return json.dumps(asdict(publication), default=datetime.isoformat)


def _from_json(written: bytes) -> Publication:
    values = json.loads(written)
    values["published_at"] = datetime.fromisoformat(values["published_at"])
    return Publication(**values)
