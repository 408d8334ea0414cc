"""Landing: what each item is when it arrives, and what is written of it."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from psycopg2 import DataError

from core.database import transaction
from ingest.identity import content_hash, nameless_job_bytes, nameless_job_id
from ingest.landing import Item, Known, Landing, item_of, judged, land_items, make_month

SEEN_AT = datetime(2026, 1, 8, 0, 30, 1, 123_457, tzinfo=UTC)
ODD = "Chef·fe d'équipe H/F\t\\N \\\\.\n«\u00a0é\u00a0»"


def item(name: str, **fields: object) -> Item:
    payload = json.dumps({"id": name, **fields}).encode()
    hashed = content_hash(payload)
    return item_of(nameless_job_bytes("test", "fr", name), name, hashed, payload)


def known(of: Item, seen_batch_id: int) -> dict[bytes, Known]:
    return {of.job_id: Known(1, of.content_hash, seen_batch_id)}


@pytest.fixture
def land(connection):
    def land(items: list[Item], batch_id: int = 1) -> list[bool]:
        landing = Landing(batch_id, "test", "fr", 1, request_id=batch_id * 10, seen_at=SEEN_AT)
        make_month(connection, SEEN_AT)
        with transaction(connection) as cursor:
            return land_items(cursor, landing, items)

    return land


@pytest.mark.parametrize(
    ("items", "before", "outcomes"),
    [
        ([item("a"), item("b")], {}, ["inserted", "inserted"]),
        ([item("a"), item("a", title="x")], {}, ["inserted", "repeated"]),
        ([item("a")], known(item("a"), 1), ["unchanged"]),
        ([item("a", title="x")], known(item("a"), 1), ["updated"]),
        ([item("a", title="x"), item("a")], known(item("a"), 1), ["updated", "repeated"]),
        ([item("a", title="x")], known(item("a"), 2), ["repeated"]),
    ],
)
def test_of_an_ad_that_comes_twice_in_a_batch_the_first_content_counts(items, before, outcomes):
    assert judged(items, before, batch_id=2) == outcomes


def test_there_and_back_again_leaves_three_rows_and_the_last_is_known(land, query):
    for batch_id, title in enumerate(["Soudeur", "Soudeuse", "Soudeur", "Soudeur"], start=1):
        land([item("a", title=title)], batch_id)
    assert query("select batch_id, payload ->> 'title' from raw.ads order by ad_key") == [
        (1, "Soudeur"), (2, "Soudeuse"), (3, "Soudeur")
    ]  # fmt: skip
    assert query(
        "select ads.batch_id, known_ads.seen_batch_id from raw.known_ads"
        " inner join raw.ads using (ad_key, job_id, content_hash)"
    ) == [(3, 4)]
    assert query("select outcome from raw.sightings order by batch_id") == [
        ("inserted",), ("updated",), ("updated",), ("unchanged",)
    ]  # fmt: skip


def test_what_is_written_is_what_came(land, query):
    nameless = item_of(uuid4().bytes, None, "hash", b'{"title": "Soudeur"}')
    assert land([item("a", title=ODD), nameless, item("a")]) == [False, False, False]
    assert query(
        "select job_id, source, country, ad_id, payload ->> 'title', batch_id, fetched_at from raw.ads"
        " order by ad_key"
    )[0] == (str(nameless_job_id("test", "fr", "a")), "test", "fr", "a", ODD, 1, SEEN_AT)
    assert query("select ad_id, content_hash from raw.ads order by ad_key")[1] == (None, "hash")
    assert query(
        "select batch_id, request_id, search_id, position, outcome, seen_at from raw.sightings"
        " order by position"
    ) == [
        (1, 10, 1, 1, "inserted", SEEN_AT),
        (1, 10, 1, 2, "inserted", SEEN_AT),
        (1, 10, 1, 3, "repeated", SEEN_AT),
    ]
    assert land([item("a", title=ODD)], batch_id=2) == [True]


def test_a_payload_that_jsonb_refuses_takes_nothing_with_it(land, query):
    bad = item_of(uuid4().bytes, "b", "hash", rb'{"title": "\u0000"}')
    with pytest.raises(DataError):
        land([item("a"), bad])
    assert query("select count(*) from raw.ads") == [(0,)]
    assert query("select count(*) from raw.known_ads") == [(0,)]


def test_the_bytes_of_a_job_id_are_those_of_its_uuid():
    assert nameless_job_id("test", "fr", "é").bytes == nameless_job_bytes("test", "fr", "é")
    assert nameless_job_id("test", "fr", "é").version == 5
