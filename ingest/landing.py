"""Lands what a call brought: a page is there as a whole (call, ads, sightings, progress), or not at all.

Reading JSON is what costs PostgreSQL most, so each payload is sent once, straight into its table, and
only where it is new. All functions but `make_month` work in the caller's transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple, get_args

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from core.database import transaction
from ingest.copying import bigint, copy_rows, integer, json, moment, text, uuid

# Beside the lock of a batch; any number that no other program on the database uses.
LANDING_LOCK = 7_062_016
# The tables whose rows lie in partitions by month, in the order in which a month's are made.
BY_MONTH = ("requests", "ads", "sightings")


@dataclass(frozen=True)
class Landing:
    """Where items belong: the batch, the search, and the call that brought them."""

    batch_id: int
    source: str
    country: str
    search_id: int
    request_id: int
    seen_at: datetime


class Item(NamedTuple):
    """An ad as it came, made ready: its id as sixteen bytes, its hash, and two parts of its row as COPY
    takes them, `name` (id and hash) and `content` (the source's id and the payload)."""

    job_id: bytes
    content_hash: str
    name: bytes
    content: bytes


def item_of(job_id: bytes, ad_id: str | None, content_hash: str, payload: bytes) -> Item:
    """`payload` is JSON. What jsonb refuses of it is refused when it lands."""
    name = uuid(job_id) + text(content_hash)
    return Item(job_id, content_hash, name, text(ad_id) + json(payload))


_KNOWN = """
select uuid_send(job_id), ad_key, content_hash, seen_batch_id
from raw.known_ads
where job_id = any(%s::uuid[])
"""
_NEW_KEYS = "select nextval('raw.ads_ad_key_seq') from generate_series(1, %s)"
_SEEN_AGAIN = """
update raw.known_ads
set
    ad_key = arrived.ad_key,
    content_hash = arrived.content_hash,
    seen_batch_id = %s
from unnest(%s::uuid[], %s::bigint[], %s::text[]) as arrived (job_id, ad_key, content_hash)
where known_ads.job_id = arrived.job_id
"""

Outcome = Literal["inserted", "updated", "unchanged", "repeated"]


class Known(NamedTuple):
    """The latest row of an ad, and the batch that saw the ad last."""

    ad_key: int
    content_hash: str
    seen_batch_id: int


def make_month(connection: Connection, moment: datetime) -> None:
    """The partitions of `raw` that a row of this moment needs. Each is made in a transaction of its own:
    whoever holds one table while asking for another may wait forever for whoever does the same."""
    month = moment.astimezone(UTC).strftime("%Y_%m")
    with transaction(connection) as cursor:
        cursor.execute("select to_regclass(%s)", (f"raw.{BY_MONTH[-1]}_{month}",))
        is_there = cursor.fetchone()[0] is not None
    for table in () if is_there else BY_MONTH:
        with transaction(connection) as cursor:
            cursor.execute("call raw.make_month(%s, array[%s])", (moment, table))


def land_items(cursor: Cursor, landing: Landing, items: Sequence[Item]) -> list[bool]:
    """One sighting per item, one row in `raw.ads` per new content. Returns, by item, whether its ad was
    known before."""
    if not items:
        return []
    # Two collectors must not take one ad for new at the same time.
    cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", (LANDING_LOCK, landing.source))
    known = _known(cursor, items)
    outcomes = judged(items, known, landing.batch_id)
    ad_keys = _write_ads(cursor, landing, items, outcomes)
    _remember_new(cursor, landing, items, outcomes, ad_keys)
    _remember_seen(cursor, landing, items, outcomes, ad_keys, known)
    _write_sightings(cursor, landing, items, outcomes)
    return [item.job_id in known for item in items]


def judged(items: Sequence[Item], known: Mapping[bytes, Known], batch_id: int) -> list[Outcome]:
    """What each item is when it arrives: its ad may be known from before the batch, from an earlier call
    of the batch, or from an earlier place in the answer.

    Of an ad that comes twice in a batch the first content counts: sources answer some ads in two
    versions, which would change back and forth every night.
    """
    outcomes: list[Outcome] = []
    arrived = {job_id for job_id, ad in known.items() if ad.seen_batch_id == batch_id}
    for item in items:
        job_id = item.job_id
        ad = known.get(job_id)
        if job_id in arrived:
            outcomes.append("repeated")
        elif ad is None:
            outcomes.append("inserted")
        elif ad.content_hash != item.content_hash:
            outcomes.append("updated")
        else:
            outcomes.append("unchanged")
        arrived.add(job_id)
    return outcomes


def _known(cursor: Cursor, items: Sequence[Item]) -> dict[bytes, Known]:
    cursor.execute(_KNOWN, (_array(item.job_id.hex() for item in items),))
    return {bytes(job_id): Known(*row) for job_id, *row in cursor.fetchall()}


def _write_ads(
    cursor: Cursor, landing: Landing, items: Sequence[Item], outcomes: Sequence[Outcome]
) -> dict[bytes, int]:
    """Returns the key of each new row by its ad."""
    written = [
        item
        for item, outcome in zip(items, outcomes, strict=True)
        if outcome in ("inserted", "updated")
    ]
    if not written:
        return {}
    cursor.execute(_NEW_KEYS, (len(written),))
    ad_keys = [ad_key for (ad_key,) in cursor.fetchall()]
    of_landing = (
        text(landing.source)
        + text(landing.country)
        + bigint(landing.batch_id)
        + moment(landing.seen_at)
    )
    copy_rows(
        cursor,
        "raw.ads",
        "source, country, batch_id, fetched_at, ad_key, job_id, content_hash, ad_id, payload",
        of_landing,
        [
            bigint(ad_key) + item.name + item.content
            for item, ad_key in zip(written, ad_keys, strict=True)
        ],
    )
    return {item.job_id: ad_key for item, ad_key in zip(written, ad_keys, strict=True)}


def _remember_new(
    cursor: Cursor,
    landing: Landing,
    items: Sequence[Item],
    outcomes: Sequence[Outcome],
    ad_keys: Mapping[bytes, int],
) -> None:
    copy_rows(
        cursor,
        "raw.known_ads",
        "seen_batch_id, ad_key, job_id, content_hash",
        bigint(landing.batch_id),
        [
            bigint(ad_keys[item.job_id]) + item.name
            for item, outcome in zip(items, outcomes, strict=True)
            if outcome == "inserted"
        ],
    )


def _remember_seen(
    cursor: Cursor,
    landing: Landing,
    items: Sequence[Item],
    outcomes: Sequence[Outcome],
    ad_keys: Mapping[bytes, int],
    known: Mapping[bytes, Known],
) -> None:
    seen = [
        item
        for item, outcome in zip(items, outcomes, strict=True)
        if outcome in ("updated", "unchanged")
    ]
    if seen:
        latest = (ad_keys.get(item.job_id, known[item.job_id].ad_key) for item in seen)
        values = (
            landing.batch_id,
            _array(item.job_id.hex() for item in seen),
            _array(map(str, latest)),
            _array(item.content_hash for item in seen),
        )
        cursor.execute(_SEEN_AGAIN, values)


def _write_sightings(
    cursor: Cursor, landing: Landing, items: Sequence[Item], outcomes: Sequence[Outcome]
) -> None:
    of_call = (
        bigint(landing.batch_id)
        + bigint(landing.request_id)
        + integer(landing.search_id)
        + moment(landing.seen_at)
    )
    told = {outcome: text(outcome) for outcome in get_args(Outcome)}
    arrived = enumerate(zip(items, outcomes, strict=True), start=1)
    copy_rows(
        cursor,
        "raw.sightings",
        "batch_id, request_id, search_id, seen_at, position, job_id, outcome",
        of_call,
        [
            integer(position) + uuid(item.job_id) + told[outcome]
            for position, (item, outcome) in arrived
        ],
    )


def _array(words: Iterable[str]) -> str:
    """As one value: the driver takes five times as long to quote the words of a list one by one."""
    return "{" + ",".join(words) + "}"
