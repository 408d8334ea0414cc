"""Many ask while publications follow each other: every answer is of one batch, and none fails.

Two generations of marts and model take turns. Titles, and most job_ids, tell the generation."""

import json
import random
import threading
from dataclasses import replace

import pytest
import redis
from written_ads import ADS

SWAPS = 50
ASKING = 8
VERSIONS = {1: "tfidf_v20260108", 0: "tfidf_v20260109"}
WORDS = ("python", "nuit", "pain", "soudeur", "équipe de nuit", "sql python données")
KEPT = ADS[0]


def generation(number: int) -> list:
    return [
        replace(
            ad,
            name=ad.name if ad is KEPT else f"{ad.name} {number}",
            title=f"{ad.title} {number}",
        )
        for ad in ADS
    ]


def ask_until(stop: threading.Event, client, seed: int, faults: list, batches: list) -> None:
    chance = random.Random(seed)
    while not stop.is_set():
        top = chance.randint(1, 50)
        if chance.random() < 0.5:
            address = f"/api/jobs/search?q={chance.choice(WORDS)}&top={top}"
        else:
            address = f"/api/recommend?job_id={KEPT.job_id}&top={top}"
        response = client.get(address)
        if response.status_code != 200:
            faults.append((address, response.status_code, response.text))
            continue
        answer = response.json
        number = answer["batch_id"] % 2
        titles = [job["title"] for job in answer["results"]]
        if answer["model_version"] != VERSIONS[number] or not titles:
            faults.append((address, answer["batch_id"], answer["model_version"], titles))
        if {title[-1] for title in titles} != {str(number)}:
            faults.append((address, answer["batch_id"], titles))
        batches.append(answer["batch_id"])


@pytest.mark.parametrize("with_redis", [True, False])
def test_every_answer_is_of_one_batch_while_publications_follow_each_other(
    empty_world, dead_redis, with_redis
):
    world = empty_world
    world.publish(1, generation(1))
    world.publish(2, generation(0))
    app = world.client(redis_url=world.redis_url if with_redis else dead_redis).application
    stop, faults, batches = threading.Event(), [], []
    asking = [
        threading.Thread(target=ask_until, args=(stop, app.test_client(), seed, faults, batches))
        for seed in range(ASKING)
    ]
    for thread in asking:
        thread.start()
    try:
        for number in range(3, 3 + SWAPS):
            world.publish_what_was(number, VERSIONS[number % 2])
    finally:
        stop.set()
        for thread in asking:
            thread.join()
    assert faults == []
    assert len(batches) > 4 * SWAPS
    assert len(set(batches)) > SWAPS / 2
    with redis.Redis.from_url(world.redis_url) as cache:
        kept = {key: cache.get(key) for key in cache.scan_iter("jobdash:*:m*")}
    assert bool(kept) == with_redis
    for key, answer in kept.items():
        assert f":b{json.loads(answer)['batch_id']}:" in key.decode()
