"""Whether anything that can be sent to the API breaks it: no answer may be a 5xx, no worker may end, and
the memory must stay where it was.

    python bench/hostile_requests.py                   # 10,000 requests
    python bench/hostile_requests.py --requests 2000   # a try

A seed draws them: paths, query strings, methods, headers, bodies, and bytes that are no HTTP or only half
of it; to every path that this release has. `jobdash serve` answers over a small published world. At the
end hundreds of connections hold half a request, and a search must still be answered, and rightly.

Exit code 1 where something broke. What is printed of a request that broke it is sent again by its number:
`--only 1234`.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

import requests
from traffic.hostile import Attempt, Target, request
from traffic.raw_client import CUT, LEFT, NO_ANSWER, open_with, outcome_of
from traffic.serving import Served
from traffic.written_world import ADS, World, serve, written_world

from serve.app import create_app

REQUESTS, WARM_UP, SEED, AT_ONCE = 10_000, 1_000, 1, 8
MOST_GROWTH = 1.10
MIB = 1024 * 1024
HALF_A_REQUEST = b"GET /api/jobs/search?q=python HTTP/1.1\r\nHost: 127.0.0.1\r\n"
HALF_A_BODY = request(b"/api/recommend", [b"Content-Length: 1000"], method=b"POST") + b'{"text": "'
HELD, ANSWER_WITHIN_S = 200, 5
COLUMNS = ("2xx", "3xx", "4xx", "5xx", CUT, NO_ANSWER, LEFT)
TOLD = 20


@dataclass(frozen=True)
class Sent:
    number: int
    attempt: Attempt
    outcome: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome} in {self.seconds:.2f} s, to {self.attempt}"

    @property
    def column(self) -> str:
        return f"{self.outcome[0]}xx" if self.outcome.isdigit() else self.outcome

    @property
    def is_fault(self) -> bool:
        return self.column in ("5xx", NO_ANSWER) or (self.column == CUT and self.attempt.whole)


@dataclass
class Seen:
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[Sent] = field(default_factory=list)
    slowest: Sent | None = None

    def add(self, sent: Sent) -> None:
        self.counts[sent.attempt.kind, sent.column] += 1
        if sent.is_fault:
            self.faults.append(sent)
        if self.slowest is None or sent.seconds > self.slowest.seconds:
            self.slowest = sent


def main() -> None:
    asked = arguments()
    with written_world() as world:
        world.publish(1, ADS)
        target = target_of(world)
        with serve(world) as served:
            if asked.only is not None:
                print(send(served, target, asked.seed, asked.only))
                return
            sys.exit(0 if stands(served, target, asked) else 1)


def target_of(world: World) -> Target:
    """Every path of the application, a job that is there in place of what varies."""
    job_id = str(ADS[0].job_id)
    rules = create_app(world.settings()).url_map.iter_rules()
    paths = {rule.rule.partition("<")[0] + job_id * bool(rule.arguments) for rule in rules}
    return Target(sorted(paths), job_id)


def stands(served: Served, target: Target, asked: argparse.Namespace) -> bool:
    workers = {worker.pid for worker in served.workers()}
    half = (WARM_UP + asked.requests) // 2
    seen, memory = Seen(), {}
    for name, numbers in (
        (f"after {WARM_UP:,}", range(WARM_UP)),
        ("half-way", range(WARM_UP, half)),
        ("at the end", range(half, asked.requests)),
    ):
        for sent in sent_by_many(served, target, asked.seed, numbers):
            seen.add(sent)
        memory[name] = served.resident()
    tell(seen, memory)
    if seen.faults:
        print(f"the server's log ends:\n{served.last_words()}")
    checks = {
        "no 5xx, none left without an answer": not seen.faults,
        "memory grew by 10 % at most": growth(memory) <= MOST_GROWTH,
        f"answers while {HELD} hold half a request": answers_beside(served, HALF_A_REQUEST),
        f"answers while {HELD} hold half a body": answers_beside(served, HALF_A_BODY),
        "a search is answered rightly": is_right(served),
        "the workers are those of the start": workers == {w.pid for w in served.workers()},
    }
    for name, passed in checks.items():
        print(f"{name:<44}{'yes' if passed else 'NO'}")
    return all(checks.values())


def sent_by_many(
    served: Served, target: Target, seed: int, numbers: Iterable[int]
) -> Iterable[Sent]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda number: send(served, target, seed, number), numbers)


def send(served: Served, target: Target, seed: int, number: int) -> Sent:
    attempt, began = target.attempt(seed, number), time.monotonic()
    outcome = outcome_of(served.port, attempt)
    return Sent(number, attempt, outcome, time.monotonic() - began)


def answers_beside(served: Served, half: bytes) -> bool:
    """Whether a search is answered while connections hold what they have not sent whole."""
    with ExitStack() as held:
        for _ in range(HELD):
            held.enter_context(open_with(served.port, half))
        return is_right(served)


def is_right(served: Served) -> bool:
    try:
        answer = requests.get(
            f"{served.address}/api/jobs/search?q=soudeur", timeout=ANSWER_WITHIN_S
        )
    except requests.RequestException:
        return False
    return answer.ok and [job["title"] for job in answer.json()["results"]] == ["Soudeur TIG"]


def growth(memory: dict[str, int]) -> float:
    first, *_, last = memory.values()
    return last / first


def tell(seen: Seen, memory: dict[str, int]) -> None:
    counts = seen.counts
    print(f"{'':<12}" + "".join(f"{column:>11}" for column in COLUMNS))
    kinds = sorted({kind for kind, _ in counts})
    for kind in kinds:
        print(f"{kind:<12}" + "".join(f"{counts[kind, column]:11,}" for column in COLUMNS))
    sums = (sum(counts[kind, column] for kind in kinds) for column in COLUMNS)
    print(f"{'all':<12}" + "".join(f"{number:11,}" for number in sums))
    sizes = ", ".join(f"{size / MIB:,.0f} MiB {name}" for name, size in memory.items())
    print(f"resident: {sizes}")
    print(f"slowest: {seen.slowest}")
    for sent in seen.faults[:TOLD]:
        print(f"FAULT: {sent}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--requests", type=int, default=REQUESTS, help=f"how many (10,000), {WARM_UP:,} at least"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of the requests (1)")
    parser.add_argument("--only", type=int, help="the number of one request to send")
    return parser.parse_args()


if __name__ == "__main__":
    main()
