"""Requests that nobody sends who means well. The number of one, with a seed, always gives the same."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from traffic import hostile_words as words

HOST = "127.0.0.1"
DRIP_S = 0.02
BIG = 10_000_000  # bytes of a body


@dataclass(frozen=True)
class Attempt:
    """Pieces to send with a pause between them. An answer is due to a `whole` one; from others the
    client goes away, without a goodbye where it is `rude`."""

    kind: str
    pieces: Sequence[bytes]
    whole: bool = True
    rude: bool = False

    def __str__(self) -> str:
        sent = b"".join(self.pieces)
        told = f"{sent[:300]!r}" + (f" and {len(sent) - 300:,} bytes more" if sent[300:] else "")
        return f"{self.kind}: {told}"


@dataclass(frozen=True)
class Target:
    """What there is to attack: paths that answer, with a job that exists."""

    paths: Sequence[str]
    job_id: str

    def attempt(self, seed: int, number: int) -> Attempt:
        chance = random.Random(f"{seed}:{number}")
        (make,) = chance.choices(list(KINDS), list(KINDS.values()))
        return make(self, chance)


def paths(target: Target, chance: random.Random) -> Attempt:
    crafted = chance.choice(words.PATHS).replace("JOB", target.job_id)
    known = chance.choice(target.paths)
    value = chance.choice(words.VALUES)
    path = chance.choice(
        (
            crafted,
            known + chance.choice(("/", "//", "%00", "%ff", ";a=b", ".json", "/..", "%2f..%2f")),
            known.upper(),
            f"/api/jobs/{percent(value)}",
            f"/static/{percent(value, kept='/')}",
            f"/{percent(value, kept='/')}",
        )
    )
    return Attempt("paths", [request(path.encode())])


def queries(target: Target, chance: random.Random) -> Attempt:
    """One or more bad parameters, most often beside all that the path needs."""
    pairs = [f"q={chance.choice(words.TEXTS)}", f"job_id={target.job_id}", "facets=true"]
    pairs = chance.sample(pairs, chance.randint(0, 2))
    path = chance.choice(target.paths)
    if path.endswith(("search", "suggest")) and chance.random() < 0.7:
        pairs = ["q=python"]
    elif path.endswith("recommend") and chance.random() < 0.7:
        pairs = [f"job_id={target.job_id}"]
    for _ in range(chance.choice((1, 1, 1, 2, 3, 30))):
        name = chance.choice(words.PARAMETERS if chance.random() < 0.85 else words.NAMES)
        pairs.append(f"{name}={encoded(chance.choice(words.VALUES), chance)}")
    chance.shuffle(pairs)
    query = chance.choice("&&&&;").join(pairs).encode("utf-8", "surrogatepass")
    if chance.random() < 0.05:
        query += chance.randbytes(20).replace(b" ", b"").replace(b"\n", b"")
    return Attempt("queries", [request(path.encode() + b"?" + query)])


def methods(target: Target, chance: random.Random) -> Attempt:
    method = chance.choice(words.METHODS).encode("latin-1")
    return Attempt("methods", [request(search(target, chance), method=method)])


def headers(target: Target, chance: random.Random) -> Attempt:
    names = chance.choices(list(words.HEADERS), k=chance.choice((1, 1, 2, 5)))
    chosen = [(name, chance.choice(words.HEADERS[name])) for name in names]
    host = dict(chosen).get("Host", HOST) if chance.random() < 0.5 else HOST  # else there are two
    size = chance.random()
    if size < 0.05:
        chosen.append(("X-Long", "a" * chance.choice((8_000, 100_000, 1_000_000))))
    elif size < 0.10:
        chosen += [(f"X-{place}", "a") for place in range(chance.choice((90, 150, 1_000)))]
    written = [f"{name}: {value}".encode("latin-1") for name, value in chosen]
    whole = words.LENGTHS.keys().isdisjoint(names)
    path = chance.choice((search(target, chance), b"/", b"/static/home.js"))
    return Attempt("headers", [request(path, written, host=host)], whole=whole)


def bodies(target: Target, chance: random.Random) -> Attempt:
    body = body_of(chance)
    path = chance.choice(("/api/recommend", "/api/recommend?top=3", "/api/jobs/search", "/"))
    written = [f"Content-Type: {chance.choice(words.CONTENT_TYPES)}".encode()]
    if chance.random() < 0.3:
        written.append(b"Transfer-Encoding: chunked")
        sizes = chance.choice((1, 7, 1_000)) if len(body) < 10_000 else 100_000
        body = chunked(body, sizes)
    else:
        written.append(b"Content-Length: %d" % len(body))
    return Attempt("bodies", [request(path.encode(), written, method=b"POST"), body])


def body_of(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.015:
        return chance.choice(
            (
                b'{"text": "' + b"python " * (BIG // 7) + b'"}',
                b"[" * BIG,
                chance.randbytes(1_000) * (BIG // 1_000),
            )
        )
    if kind < 0.3:
        return chance.choice(words.BODIES)
    fields = chance.sample(words.FIELDS, chance.randint(1, 4))
    values = {name: chance.choice((*words.JSON_VALUES, *words.VALUES)) for name in fields}
    if chance.random() < 0.6:
        values.setdefault("text", "python et sql")
    return json.dumps(values).encode()


def raw(target: Target, chance: random.Random) -> Attempt:
    """Bytes that are no HTTP, or not all of it."""
    path = search(target, chance)
    whole = request(path)
    cut = whole[: chance.randrange(1, len(whole) - 1)]
    post = request(b"/api/recommend", [b"Content-Length: 1000"], method=b"POST")
    smuggled = request(b"/none", [b"Content-Length: 4"], method=b"POST") + b"{}{}" + whole
    attempt = partial(Attempt, "bad HTTP")
    return chance.choice(
        (
            attempt([cut], whole=False),
            attempt([cut], whole=False, rude=True),
            attempt([post, b'{"text": "half'], whole=False),
            attempt([post, b'{"text": "half'], whole=False, rude=True),
            attempt([whole], whole=False, rude=True),
            attempt([whole * 20], whole=False, rude=True),
            attempt([smuggled]),
            attempt([bytes([byte]) for byte in whole]),
            attempt([whole[:20], whole[20:40], whole[40:]]),
            attempt([whole.replace(b"\r\n", b"\n")], whole=False),
            attempt([b"\r\n" * 500 + whole], whole=False),
            attempt([chance.randbytes(chance.randint(1, 2_000))], whole=False),
            attempt([chance.choice(words.NOT_HTTP)], whole=False),
        )
    )


KINDS: dict[Callable[[Target, random.Random], Attempt], int] = {
    paths: 20,
    queries: 40,
    methods: 6,
    headers: 12,
    bodies: 14,
    raw: 8,
}


def search(target: Target, chance: random.Random) -> bytes:
    known = [f"/api/jobs/search?q={text}" for text in words.TEXTS]
    return chance.choice((*known, f"/api/recommend?job_id={target.job_id}")).encode()


def request(
    path: bytes, written: Sequence[bytes] = (), *, method: bytes = b"GET", host: str = HOST
) -> bytes:
    """A server that goes by it closes the connection behind its answer."""
    first = (method + b" " + path + b" HTTP/1.1", b"Host: " + host.encode("latin-1"))
    return b"\r\n".join((*first, b"Connection: close", *written)) + b"\r\n\r\n"


def chunked(body: bytes, size: int) -> bytes:
    parts = [body[begin : begin + size] for begin in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def encoded(value: str, chance: random.Random) -> str:
    """Percent-encoded, most often; else as it is, but for what would end the request's line."""
    if chance.random() < 0.8:
        return percent(value)
    return value.translate(dict.fromkeys(map(ord, " \r\n")))


def percent(value: str, kept: str = "") -> str:
    return quote(value, safe=kept, errors="surrogatepass")
