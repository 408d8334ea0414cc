"""Answers in Redis, under keys that carry the batch and the model: a new publication asks for new
keys, and nothing is ever flushed. Without Redis every answer is the same, only slower."""

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from core.publication import Publication
from serve.redis_server import GONE, Client, RedisServer, connect

Query = Mapping[str, object]

ANSWER_LIVES_S = 3600
# How long a reader may show the batch before when the announcement was lost.
PUBLICATION_LIVES_S = 10
# How long a process goes by what it heard last: Redis asked for each answer at hand would halve them.
PUBLICATION_FRESH_S = 0.05
CURRENT = "jobdash:publication"
# Raised when the fields of answers change: those that an older release left in Redis are not ours.
FORM = 6
# Who computes an answer is waited for so long by others who ask for the same, and then no longer.
TURN_S, LOOK_EVERY_S = 2.0, 0.01
# Everybody who listens is told here what was published.
CHANNEL = "jobdash:published"
UNREADABLE = (ValueError, TypeError, KeyError, RecursionError)


@dataclass(frozen=True)
class Waiting:
    """`answer` is None for whoever has to compute it."""

    answer: bytes | None
    outcome: str = "hit"


class Cache:
    def __init__(self, redis: RedisServer):
        self._redis = redis
        self._heard: tuple[float, Publication | None] = (0.0, None)

    def is_up(self) -> bool:
        return bool(self._redis.ask(lambda redis: redis.ping()))

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

    @contextmanager
    def turn(self, kind: str, publication: Publication, query: Query) -> Iterator[Waiting]:
        """One who asks computes a missing answer, within the block; others who ask for the same wait
        for it. Whoever waited too long computes too, as all do without Redis."""
        key = _key(kind, publication, query)
        answer, has_turn = self._look(key)
        if answer is not None:
            yield Waiting(answer)
        elif has_turn:
            try:
                yield Waiting(None)  # `set` gives the turn back
            except Exception:
                self.give_back(kind, publication, query)
                raise
        else:
            yield Waiting(self._waited_for(key), "waited")

    def _look(self, key: str) -> tuple[bytes | None, bool]:
        """The answer, and whether it is for whoever asks to compute it; so it is without Redis."""

        def ask(redis: Client) -> list:
            # the turn first: whoever had it may have answered since the answer was looked for
            both = redis.pipeline(transaction=False)
            both.set(_turn(key), b"1", px=round(TURN_S * 1000), nx=True)
            both.get(key)
            return both.execute()

        has_turn, found = self._redis.ask(ask) or (True, None)
        answer = _whole(found)
        if answer is not None and has_turn:
            self._redis.ask(lambda redis: redis.delete(_turn(key)))
        return answer, bool(has_turn) and answer is None

    def _waited_for(self, key: str) -> bytes | None:
        ends = time.monotonic() + TURN_S
        while time.monotonic() < ends and self._redis.ask(lambda redis: redis.exists(_turn(key))):
            time.sleep(LOOK_EVERY_S)
        return self._get(key)

    def find(self, kind: str, publication: Publication, query: Query) -> bytes | None:
        return self._get(_key(kind, publication, query))

    def give_back(self, kind: str, publication: Publication, query: Query) -> None:
        """The turn of whoever could not compute."""
        self._redis.ask(lambda redis: redis.delete(_turn(_key(kind, publication, query))))

    def etag(self, kind: str, publication: Publication, query: Query) -> str:
        return hashlib.sha256(_key(kind, publication, query).encode()).hexdigest()[:32]

    def _get(self, key: str) -> bytes | None:
        return _whole(self._redis.ask(lambda redis: redis.get(key)))

    def set(
        self,
        kind: str,
        publication: Publication,
        query: Query,
        answer: bytes,
        turn_of: Publication | None = None,
    ) -> None:
        """Gives back the turn, which may be of the publication before."""
        key = _key(kind, publication, query)
        turn = _turn(_key(kind, turn_of or publication, query))
        # jittered, so that answers that were asked for together do not end together
        lives = round(ANSWER_LIVES_S * random.uniform(0.8, 1.2))

        def write(redis: Client) -> None:
            both = redis.pipeline(transaction=False)
            both.set(key, answer, ex=lives)
            both.delete(turn)
            both.execute()

        self._redis.ask(write)

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
        with closing(connect(url, timeout_s=2)) as client:
            client.set(CURRENT, _to_json(publication), ex=PUBLICATION_LIVES_S)
            client.publish(CHANNEL, publication.model_version or "")
    except GONE as error:
        warn(f"  the cache was not told ({type(error).__name__}): it will ask the database")


def _key(kind: str, publication: Publication, query: Query) -> str:
    # the time too: another database may have a batch and a model of the same names
    told = (publication.published_at.isoformat(), sorted(query.items()))
    digest = hashlib.sha256(repr(told).encode()).hexdigest()[:32]
    version = f"m{publication.model_version}:b{publication.batch_id}:f{FORM}"
    return f"jobdash:{kind}:{version}:{digest}"


def _turn(key: str) -> str:
    return f"turn:{key}"


def _whole(answer: bytes | None) -> bytes | None:
    """The answer, unless it was cut or is none of ours."""
    try:
        return answer if answer and "batch_id" in json.loads(answer) else None
    except UNREADABLE:
        return None


def _to_json(publication: Publication) -> str:
    return json.dumps(asdict(publication), default=datetime.isoformat)


def _from_json(written: bytes) -> Publication:
    values = json.loads(written)
    values["published_at"] = datetime.fromisoformat(values["published_at"])
    return Publication(**values)
