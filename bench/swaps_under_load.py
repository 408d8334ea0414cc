"""Whether every answer is of one batch while publications follow each other, and what a worker's death
costs.

    python bench/swaps_under_load.py                           # a minute, a swap each second
    python bench/swaps_under_load.py --seconds 10 --every 0.5  # a try

`jobdash serve` answers with two workers while 8 clients ask without a pause: searches, filtered and
counted ones, similar jobs, single jobs. Two generations of marts and model take turns, and what an answer
shows tells its generation: titles, companies, the counts by company. Half-way a worker is killed;
requests that were cut within seconds of that are counted apart.

Exit code 1 where an answer was mixed or failed, or where the server did not go on with two workers.
"""

import argparse
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np
import psutil
import requests
from traffic.serving import WORKERS, Served
from traffic.written_world import ADS, UNKNOWN, Ad, World, serve, written_world

SECONDS, EVERY_S, CLIENTS = 60, 1.0, 8
VERSIONS = {1: "tfidf_v20260108", 0: "tfidf_v20260109"}
# The one ad that both generations have, under another title.
KEPT = ADS[0]
WORDS = ("python", "nuit", "pain", "soudeur", "équipe de nuit", "sql python données")
FILTERS = ("country=fr", "language=fr", "source=adzuna", "contract=permanent")
# A worker that died has its place taken within this time; its requests are cut at once.
CUT_WITHIN_S = 5
TOLD = 5


@dataclass(frozen=True)
class Question:
    """`found_in` is the one generation that has an answer, None for both."""

    path: str
    found_in: int | None = None


@dataclass
class Seen:
    """What the clients saw."""

    latencies: list[float] = field(default_factory=list)
    by_batch: Counter[int] = field(default_factory=Counter)
    from_cache: int = 0
    behind: int = 0
    failed: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    cut: int = 0


class Course:
    """What happens meanwhile: which batch is published, when a worker was killed, whether it is over."""

    def __init__(self, published: int):
        self.published = published
        self.killed_at: float | None = None
        self.swaps: list[float] = []
        self.over = threading.Event()

    def just_killed(self) -> bool:
        return self.killed_at is not None and time.monotonic() - self.killed_at < CUT_WITHIN_S


def main() -> None:
    asked = arguments()
    with written_world() as world:
        world.publish(1, generation(1))
        world.publish(2, generation(0))
        with serve(world) as served:
            course, seen = Course(published=2), Seen()
            clients = [
                threading.Thread(target=ask_until_over, args=(course, served.address, seed, seen))
                for seed in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            try:
                let_batches_follow(world, served, course, asked)
            finally:
                course.over.set()
                for client in clients:
                    client.join()
            workers = count_workers(served)
            ended, last_words = served.process.poll(), served.last_words()
    tell(course, seen, workers, ended)
    if seen.failed:
        print(f"the server's log ends:\n{last_words}")
    sys.exit(bool(seen.failed or seen.mixed or workers != WORKERS))


def generation(number: int) -> list[Ad]:
    return [
        replace(
            ad,
            name=ad.name if ad is KEPT else f"{ad.name} {number}",
            title=f"{ad.title} {number}",
            company=ad.company if ad.company == UNKNOWN else f"{ad.company} {number}",
        )
        for ad in ADS
    ]


def let_batches_follow(
    world: World, served: Served, course: Course, asked: argparse.Namespace
) -> None:
    """Swaps until the time is up or the server is gone."""
    began = time.monotonic()
    while served.is_up and (passed := time.monotonic() - began) < asked.seconds:
        if course.killed_at is None and passed >= asked.seconds / 2:
            course.killed_at = time.monotonic()
            served.workers()[0].kill()
        number, swapping = course.published + 1, time.monotonic()
        world.publish_what_was(number, VERSIONS[number % 2])
        course.published = number
        course.swaps.append(time.monotonic() - swapping)
        time.sleep(max(0, began + len(course.swaps) * asked.every - time.monotonic()))


def ask_until_over(course: Course, address: str, seed: int, seen: Seen) -> None:
    chance = random.Random(seed)
    with requests.Session() as session:
        while not course.over.is_set():
            ask(session, course, address, question(chance), seen)


def question(chance: random.Random) -> Question:
    top, words = chance.randint(1, 50), chance.choice(WORDS)
    kind = chance.choice(("search", "filtered", "of a company", "alike", "job"))
    if kind == "search":
        return Question(f"/api/jobs/search?q={words}&top={top}")
    if kind == "filtered":
        narrowed = chance.choice(FILTERS)
        return Question(f"/api/jobs/search?q={words}&top={top}&facets=true&{narrowed}")
    if kind == "of a company":
        number = chance.choice((0, 1))
        company = f"{KEPT.company} {number}"
        return Question(f"/api/jobs/search?q=python&top={top}&company={company}", number)
    if kind == "alike":
        return Question(f"/api/recommend?job_id={KEPT.job_id}&top={top}")
    return Question(f"/api/jobs/{KEPT.job_id}")


def ask(
    session: requests.Session, course: Course, address: str, asked: Question, seen: Seen
) -> None:
    published, sent = course.published, time.monotonic()
    try:
        response = session.get(address + asked.path, timeout=30)
    except requests.RequestException as error:
        if course.just_killed():
            seen.cut += 1
            time.sleep(0.1)  # not as fast as a server that is gone refuses
        else:
            seen.failed.append(f"{asked.path}: {type(error).__name__}")
        return
    seen.latencies.append(time.monotonic() - sent)
    if response.status_code != 200:
        seen.failed.append(f"{asked.path}: {response.status_code} {response.text.strip()}")
        return
    answer = response.json()
    seen.by_batch[answer["batch_id"]] += 1
    seen.from_cache += response.headers.get("X-Cache") == "hit"
    seen.behind += answer["batch_id"] < published
    seen.mixed.extend(f"{asked.path}: {fault}" for fault in mixtures(asked, answer))


def mixtures(asked: Question, answer: dict) -> Iterator[str]:
    """What of an answer is not of the generation of its batch."""
    number = answer["batch_id"] % 2
    if answer["model_version"] != VERSIONS[number]:
        yield f"batch {answer['batch_id']} with {answer['model_version']}"
    jobs = [answer["job"]] if "job" in answer else answer["results"]
    if bool(jobs) != (asked.found_in in (None, number)):
        yield f"batch {answer['batch_id']} with {len(jobs)} jobs"
    told = [job["title"] for job in jobs]
    told += [job["company_name"] for job in jobs if job["company_name"]]
    told += [name for name in answer.get("facets", {}).get("company", {}) if name != UNKNOWN]
    if others := [name for name in told if not name.endswith(f" {number}")]:
        yield f"batch {answer['batch_id']} with {', '.join(others)}"


def count_workers(served: Served) -> int:
    try:
        return len(served.workers())
    except psutil.NoSuchProcess:
        return 0


def tell(course: Course, seen: Seen, workers: int, ended: int | None) -> None:
    p99, longest = np.percentile(seen.latencies, (99, 100)) * 1e3
    counts = seen.by_batch.values()
    print(
        f"swaps             {len(course.swaps):,}, the longest {max(course.swaps):.2f} s\n"
        f"answers           {len(seen.latencies):,}, {seen.from_cache:,} from the cache;"
        f" p99 {p99:.0f} ms, the longest {longest:,.0f} ms\n"
        f"batches seen      {len(counts):,} of {len(course.swaps) + 1:,}; answers of each: least"
        f" {min(counts):,}, median {median(counts):,.0f}, most {max(counts):,}\n"
        f"the batch before  {seen.behind:,} answers show one that was replaced before they were asked\n"
        f"failed            {len(seen.failed):,}\n"
        f"mixed             {len(seen.mixed):,}\n"
        f"cut by the kill   {seen.cut:,}, within {CUT_WITHIN_S} s of it\n"
        f"workers           {workers} of {WORKERS} at the end"
    )
    if ended is not None:
        print(f"THE SERVER ENDED  with exit code {ended} when one of its workers was killed")
    for kind, faults in (("failed", seen.failed), ("mixed", seen.mixed)):
        for fault in faults[:TOLD]:
            print(f"  {kind}: {fault}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long (60)")
    parser.add_argument("--every", type=float, default=EVERY_S, help="seconds from swap to swap")
    return parser.parse_args()


if __name__ == "__main__":
    main()
