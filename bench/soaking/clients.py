"""Clients that search and look at jobs without an end, not as fast as they can but as people would."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

WORDS = (
    "python", "infirmier", "soudeur", "comptable", "chauffeur", "cuisinier", "data", "paris", "lyon",
    "nuit", "vendeuse", "mécanicien", "projet", "java", "commercial", "sql", "aide", "technicien",
)  # fmt: skip
CLIENTS, PAUSE_S = 4, 0.05


@dataclass
class Answered:
    statuses: Counter[int | str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def asking(address: str) -> Iterator[Answered]:
    """Until the block ends."""
    answered = Answered()
    clients = [
        threading.Thread(target=_ask, args=(address, seed, answered)) for seed in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    try:
        yield answered
    finally:
        answered.over.set()
        for client in clients:
            client.join()


def _ask(address: str, seed: int, answered: Answered) -> None:
    chance, known = random.Random(seed), []
    with requests.Session() as session:
        while not answered.over.is_set():
            path = _path(chance, known)
            try:
                response = session.get(address + path, timeout=30)
            except requests.RequestException as error:
                answered.statuses[type(error).__name__] += 1
                continue
            # a job that was shown before the last batch may be known no more
            is_gone = response.status_code == 404 and "/search" not in path
            answered.statuses["gone" if is_gone else response.status_code] += 1
            if response.ok and "/search" in path:
                known = [job["job_id"] for job in response.json()["results"]] or known
            time.sleep(PAUSE_S)


def _path(chance: random.Random, known: list[str]) -> str:
    kind = chance.choice(("search", "search", "filtered", "job", "alike"))
    words = "+".join(chance.sample(WORDS, 2))
    if kind == "filtered":
        return f"/api/jobs/search?q={words}&contract=permanent&facets=true&top=20"
    if kind == "search" or not known:
        return f"/api/jobs/search?q={words}"
    job = chance.choice(known)
    return f"/api/jobs/{job}" if kind == "job" else f"/api/recommend?job_id={job}"
