"""Generated ads that were posted over a year, each with a text of its own, made ready to land.

A year, because that is what a free key of Adzuna brings: 1,400 ads a night make half a million.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context

from ingest.adzuna.identity import identify
from ingest.landing import Item, item_of
from ingest.payload import to_json
from ingest.simulator.lives import slot_of
from ingest.simulator.script import Script

COUNTRY = "fr"
SEED = 1
CHUNK = 1_000
DAY, YEAR = timedelta(days=1), timedelta(days=365)
AHEAD = 8  # chunks that wait to be landed


def chunks(
    first: int, count: int, since: date, until: date, processes: int
) -> Iterator[list[Item]]:
    """`count` ads in chunks, from slot `first` on, alive on days from `since` to `until`.

    No two slots share an id, so that ads of other slots are others.
    """
    begins = range(first, first + count, CHUNK)
    waiting: list[Future[list[Item]]] = []
    # not forked: this process has connections and threads
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for place, begin in enumerate(begins):
            day = until - (until - since) * (len(begins) - 1 - place) / max(len(begins) - 1, 1)
            waiting.append(pool.submit(_items, begin, min(begin + CHUNK, first + count), day))
            if len(waiting) > AHEAD:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _items(begin: int, end: int, day: date) -> list[Item]:
    return [_item(slot, day) for slot in range(begin, end)]


def _item(slot: int, day: date) -> Item:
    life = slot_of(slot, SEED).life_on(day, SEED)
    ad = Script(life, back_dates=True).ad_on(day)
    ad_is = identify(COUNTRY, ad)
    return item_of(ad_is.job_id.bytes, ad_is.ad_id, ad_is.content_hash, to_json(ad))
