"""What a source sends that nobody can use: ads of every kind of spoilt, and a page that is no JSON."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler

import psutil
from between import between
from worlds import NIGHT, Night, World, nights, told_by

from ingest.asking import ATTEMPTS

MOST_MIB = 1_000


def poisoned_ads(world: World, night: Night) -> str:
    """A page with ads that nobody can use, and one that is no JSON; then the source has recovered."""
    world.go_back("collect")
    with between(world.base_url, _poisoned) as poisoned:
        process = world.start(*NIGHT, ADZUNA_BASE_URL=poisoned)
        with highest_memory(process.pid) as highest:
            code, error = told_by(process)
    assert code == 0, error
    assert world.half_done() == []
    found = dict(world.house.query(REASONS, list(POISONS)))
    assert found == {name: why for name, (_, why) in POISONS.items() if why}, found
    calls = dict(world.house.query(CALLS))
    assert calls == {"landed": 2, "failed": ATTEMPTS - 1, "skipped": 1}, calls
    kept = dict(world.house.query("select reason, count(*) from raw.malformed group by 1"))
    assert sorted(kept.values()) == [1, ATTEMPTS], kept
    assert highest() < MOST_MIB, f"{highest():,} MiB"
    collected, quarantined, repeated = world.house.query(LAW)[0]
    assert repeated == 1

    world.run(*NIGHT)
    open_ads = {
        ad for (ad,) in world.house.query("select source_ad_id from marts.jobs where is_open")
    }
    lost = {ad["id"] for ad in nights()[-1] if "title" in ad} - open_ads
    assert not lost, f"ads were lost: {lost}"
    return (
        f"{collected} collected, {quarantined} quarantined, the page that is no JSON kept and passed "
        f"over, published; {highest():,} MiB at most. The next batch has every ad"
    )


LAW = "select collected, quarantined, repeated from ops.batches order by batch_id desc limit 1"
CALLS = """
select outcome, count(*) from raw.requests
where batch_id = (select max(batch_id) from ops.batches) group by 1
"""
REASONS = """
select coalesce(source_ad_id, payload::text), quarantine_reasons
from marts.quarantined_ads inner join raw.ads on raw_ad_key = ad_key
where coalesce(source_ad_id, payload::text) = any(%s)
"""


# ---------- poisons


def _ad(name: str, **spoilt: bytes) -> bytes:
    """An ad like others, but for a field of which the JSON is given."""
    ad = {**nights()[0][0], "id": name, **dict.fromkeys(spoilt, "spoilt")}
    (json_of_field,) = spoilt.values() or [b""]
    return json.dumps(ad).encode().replace(b'"spoilt"', json_of_field)


LONG_ID = "1" * 100_000
# By its id: the ad as it is sent, and why it lies in quarantine; what can be mended does not.
POISONS = {
    "10-mb": (_ad("10-mb", description=b'"' + b"x" * 10_000_000 + b'"'), "too long"),
    "nested": (_ad("nested", description=b"[" * 10_000 + b"]" * 10_000), "wrong types"),
    "nul": (_ad("nul", title=rb'"un \u0000 soudeur"'), ""),
    "half-a-pair": (_ad("half-a-pair", title=rb'"un \ud83d soudeur"'), ""),
    "no-utf-8": (_ad("no-utf-8", title=b'"un \xff soudeur"'), ""),
    "endless": (_ad("endless", salary_min=b"1e400"), "wrong types"),
    "twice": (_ad("twice", title=b'"deux fois"'), ""),
    LONG_ID: (_ad(LONG_ID, title=b'"un soudeur"'), "too long"),
    '["a list"]': (b'["a list"]', "not an object"),
    '"a string"': (b'"a string"', "not an object"),
    "null": (b"null", "not an object"),
}


def _poisoned(handler: BaseHTTPRequestHandler, call: int, body: bytes) -> None:
    """The first page has all poisons, one of them twice; the second has a number that is none."""
    page = handler.path.partition("?")[0].rpartition("/")[2]
    if page == "1":
        ads = b", ".join([ad for ad, _ in POISONS.values()] + [POISONS["twice"][0]])
        body = body.replace(b'"results": [', b'"results": [' + ads + b", ", 1)
    if page == "2":
        body = body.replace(b'"count": ', b'"odd": NaN, "count": ', 1)
    handler.wfile.write(body)


@contextmanager
def highest_memory(pid: int) -> Iterator[Callable[[], int]]:
    """MiB that a process held at most, as long as the block lasts."""
    ended, seen = threading.Event(), [0]

    def look() -> None:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            while not ended.wait(0.02):
                seen.append(process.memory_info().rss)

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    yield lambda: max(seen) // 2**20
    ended.set()
    watching.join()
