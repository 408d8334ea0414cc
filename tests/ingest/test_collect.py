"""Collecting into a real database, from a simulator or from pages made by hand."""

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import psycopg2
import pytest

from core.batches import batch_to_collect, finish_run, start_run
from core.database import transaction
from core.errors import SourceDown
from ingest.adzuna.client import AdzunaClient, Call, Page
from ingest.collect import collect
from ingest.landing import land_call, land_page
from ingest.payload import parse
from ingest.searches import Search
from ingest.simulator import FaultPlan, SimulatorServer, ads_on

DAY = date(2026, 1, 8)
FRANCE = Search(name="france", country="fr", sort_by="date")


def ad(number: int, **fields: object) -> dict:
    link = f"https://www.adzuna.fr/land/ad/{number}?se={fields.pop('token', 'x')}"
    return {"id": str(number), "title": "Soudeur", "redirect_url": link, **fields}


def page(ads: list, number: int = 1, search: str = "france") -> Page:
    now = datetime.now(UTC)
    call = Call(search, number, {}, "landed", 200, len(ads), None, 1, None, now)
    return Page(number, ads, None, now, call)


@pytest.fixture
def query(connection):
    def query(statement: str) -> list[tuple]:
        with transaction(connection) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    return query


@pytest.fixture
def land(connection, query):
    """Lands a page in a batch and tells what its items were."""

    def land(batch_id: int, ads: list, number: int = 1) -> list[str]:
        land_page(connection, batch_id, "adzuna", "fr", page(ads, number))
        rows = query(
            f"select outcome from raw.sightings where batch_id = {batch_id} and page = {number}"
            " order by position"
        )
        return [outcome for (outcome,) in rows]

    return land


def test_new_changed_unchanged_and_repeated_are_told_apart(land, query):
    assert land(1, [ad(1), ad(2), ad(1)]) == ["inserted", "inserted", "repeated"]
    assert land(1, [ad(2)], number=2) == ["repeated"]
    second = [ad(1, token="another"), ad(2, title="Soudeuse"), ad(3)]
    assert land(2, second) == ["unchanged", "updated", "inserted"]
    assert query("select ad_id, batch_id from raw.ads order by ad_key") == [
        ("1", 1), ("2", 1), ("2", 2), ("3", 2)
    ]  # fmt: skip


def test_there_and_back_again_leaves_three_rows(land, query):
    for batch_id, title in enumerate(["Soudeur", "Soudeuse", "Soudeur"], start=1):
        land(batch_id, [ad(1, title=title)])
    titles = query("select payload ->> 'title' from raw.ads order by ad_key")
    assert titles == [("Soudeur",), ("Soudeuse",), ("Soudeur",)]


def test_an_ad_in_two_versions_does_not_change_back_and_forth_every_night(land, query):
    both = [ad(1), ad(1, title="Soudeuse")]
    assert land(1, both) == ["inserted", "repeated"]
    assert land(2, both) == ["unchanged", "repeated"]
    assert query("select count(*) from raw.ads") == [(1,)]


def test_whatever_stands_in_a_page_lands(land, query):
    half_a_pair = {"id": "\ud83d", "redirect_url": "https://www.adzuna.fr/land/\ud83d/land/ad/2"}
    sent = ["words", None, 7, [], {"title": "no id"}, ad(1, title="a\0b \ud83d"), half_a_pair]
    strange = parse(json.dumps(sent).encode())
    assert land(1, strange) == ["inserted"] * len(strange)
    assert land(2, strange) == ["unchanged"] * len(strange)
    assert query("select payload ->> 'title' from raw.ads where ad_id = '1'") == [("a�b �",)]


def test_a_page_lands_as_a_whole_or_not_at_all(connection, query):
    broken = page([ad(1), ad(2)])
    broken = replace(broken, call=replace(broken.call, outcome="not one of ours"))
    with pytest.raises(psycopg2.errors.CheckViolation):
        land_page(connection, 1, "adzuna", "fr", broken)
    for table in ("ads", "sightings", "requests"):
        assert query(f"select count(*) from raw.{table}") == [(0,)]


@contextmanager
def collecting(connection, ads: list, searches: list[Search] | None = None, **faults):
    """Calls `collect` once per batch, from a simulator that has these ads."""
    with SimulatorServer(ads, today=DAY, faults=FaultPlan(**faults)) as simulator:

        def once(batch=None):
            batch = batch or batch_to_collect(connection, DAY)
            client = AdzunaClient(
                simulator.base_url,
                "simulator",
                "simulator",
                on_failed_call=lambda call: land_call(connection, batch.batch_id, "adzuna", call),
                first_wait=0,
                sleep=lambda seconds: None,
            )
            skipped = []
            counts = collect(
                connection,
                batch,
                searches or [FRANCE],
                client,
                on_page=lambda search, page: None,
                on_skip=lambda search, number, why: skipped.append(number),
            )
            return counts, skipped

        yield once


def test_a_search_is_paged_to_its_end(connection, query):
    with collecting(connection, ads_on(DAY, 120, seed=1)) as once:
        counts, _ = once()
    assert (counts.collected, counts.inserted, counts.calls) == (120, 120, 4)
    assert query("select page, outcome from raw.requests order by page") == [
        (1, "landed"), (2, "landed"), (3, "landed"), (4, "end")
    ]  # fmt: skip
    assert query("select search, is_complete, pages from raw.sweeps") == [("france", True, 3)]


def test_at_the_ceiling_the_page_repeats_and_absence_proves_nothing(connection, query):
    with collecting(connection, ads_on(DAY, 5_100, seed=1)) as once:
        counts, _ = once()
    assert (counts.collected, counts.repeated, counts.calls) == (5_000, 0, 101)
    assert query("select is_complete, pages from raw.sweeps") == [(False, 100)]


def test_down_half_way_the_next_try_goes_on_and_asks_nothing_twice(connection, query):
    ads = ads_on(DAY, 220, seed=1)
    with (
        collecting(connection, ads, fail_after=3) as once,
        pytest.raises(SourceDown, match="page 3"),
    ):
        once()
    assert query("select count(*) from raw.sightings") == [(100,)]
    assert query("select count(*) from raw.sweeps") == [(0,)]
    with collecting(connection, ads) as once:
        counts, _ = once()
    assert (counts.collected, counts.inserted, counts.repeated) == (220, 220, 0)
    landed = Counter(query("select page from raw.requests where outcome = 'landed'"))
    assert landed == Counter({(number,): 1 for number in range(1, 6)})
    # and again, in the same batch: nothing is left to ask
    with collecting(connection, ads) as once:
        assert once()[0].calls == counts.calls


def test_a_page_that_stays_unreadable_is_passed_over_and_told(connection, query):
    class OnePageIsHtml(FaultPlan):
        def fault_of(self, call: int, seed: int) -> str | None:
            return "html" if 2 <= call <= 6 else None

    with SimulatorServer(ads_on(DAY, 150, seed=1), today=DAY, faults=OnePageIsHtml()) as simulator:
        skipped = []
        batch = batch_to_collect(connection, DAY)
        client = AdzunaClient(
            simulator.base_url,
            "simulator",
            "simulator",
            on_failed_call=lambda call: land_call(connection, batch.batch_id, "adzuna", call),
            sleep=lambda seconds: None,
        )
        counts = collect(
            connection,
            batch,
            [FRANCE],
            client,
            on_page=lambda search, page: None,
            on_skip=lambda search, number, why: skipped.append(number),
        )
    assert skipped == [2]
    assert (counts.collected, counts.skipped_pages) == (100, 1)
    assert query("select is_complete from raw.sweeps") == [(False,)]


def test_a_source_that_answers_nonsense_alone_ends_the_stage(connection, query):
    ads = ads_on(DAY, 150, seed=1)
    with collecting(connection, ads, rates={"html": 1.0}) as once:
        with pytest.raises(SourceDown, match="3 pages in a row"):
            once()
    assert query("select count(*) from raw.sweeps") == [(0,)]


def test_faults_on_a_third_of_the_calls_lose_nothing_and_bring_nothing_twice(connection, query):
    rates = {"429": 0.1, "502": 0.08, "503": 0.08, "cut": 0.08}
    with collecting(connection, ads_on(DAY, 500, seed=1), rates=rates, retry_after=0) as once:
        counts, skipped = once()
    assert skipped == []
    assert counts.failed_calls > 0
    assert (counts.collected, counts.inserted) == (500, 500)


def test_a_search_that_suddenly_finds_nothing_shows_of_no_ad_that_it_is_gone(connection, query):
    with collecting(connection, []) as once:
        once()
    assert query("select is_complete from raw.sweeps") == [(False,)]


def test_an_empty_page_in_the_middle_is_not_the_end_of_all_ads(connection, query):
    batch = batch_to_collect(connection, DAY)

    class EndsEarly(AdzunaClient):
        def page(self, search: Search, number: int) -> Page:
            ads = [ad(50 * number + place) for place in range(50)] if number < 3 else []
            answer = page(ads, number)
            return replace(answer, reported_count=4_800)

    client = EndsEarly("http://127.0.0.1:1", "", "", on_failed_call=lambda call: None)
    collect(connection, batch, [FRANCE], client, lambda *_: None, lambda *_: None)
    assert query("select is_complete, pages from raw.sweeps") == [(False, 2)]


def test_two_searches_that_overlap_count_an_ad_once(connection, query):
    both = [FRANCE, Search(name="oldest", country="fr", sort_by="date", sort_dir="up")]
    with collecting(connection, ads_on(DAY, 100, seed=1), both) as once:
        counts, _ = once()
    assert (counts.collected, counts.inserted, counts.repeated) == (200, 100, 100)


def test_a_search_for_recent_ads_never_shows_that_an_ad_is_gone(connection, query):
    recent = Search(name="recent", country="fr", max_days_old=3)
    with collecting(connection, ads_on(DAY, 100, seed=1), [recent]) as once:
        once()
    assert query("select is_complete from raw.sweeps") == [(False,)]


def test_no_key_is_written_down(connection, query):
    with collecting(connection, ads_on(DAY, 60, seed=1), rates={"502": 0.3}) as once:
        once()
    for (row,) in query("select requests::text from raw.requests as requests"):
        assert "app_key" not in row
        assert "app_id" not in row


def test_a_batch_is_gone_on_with_while_it_is_open_and_the_newest(connection, query):
    first = batch_to_collect(connection, DAY)
    assert batch_to_collect(connection, DAY) == first
    run_id = start_run(connection, first, "collect")
    start_run(connection, first, "collect")  # the first one's process is dead
    rows = query("select run_id, attempt, status, error is null from ops.batch_runs order by 1")
    assert rows[0][1:] == (1, "failed", False)
    assert rows[1][1:] == (2, "running", True)
    finish_run(connection, run_id + 1, {"ads": 3})
    assert query("select status, counts from ops.batch_runs where attempt = 2") == [
        ("success", {"ads": 3})
    ]
    later = batch_to_collect(connection, date(2026, 1, 9))
    assert later.batch_id == first.batch_id + 1
    again = batch_to_collect(connection, DAY)
    assert again.batch_id == later.batch_id + 1
    assert query("select batch_id, status from ops.batches order by 1") == [
        (1, "superseded"), (2, "superseded"), (3, "open")
    ]  # fmt: skip
