"""Nights of collecting into a real database, from a simulator."""

from datetime import date

import pytest
from nights import DAY, FRANCE

from core.batches import batch_to_collect, finish_run, start_run
from core.errors import KeysRefused, SourceDown
from ingest.adzuna.search import AdzunaSearch
from ingest.adzuna.source import FREE_KEY
from ingest.simulator import FaultPlan, ads_on


def test_a_new_search_is_read_whole(nights, query):
    with nights.adzuna(ads_on(DAY, 120, seed=1)) as adzuna:
        counts = nights.collect(adzuna)
    assert (counts.collected, counts.inserted, counts.calls) == (120, 120, 3)
    assert query("select page, outcome, ads from raw.requests order by page") == [
        (1, "landed", 50), (2, "landed", 50), (3, "landed", 20)
    ]  # fmt: skip
    assert query("select kind, is_complete, calls, landed from raw.readings") == [
        ("sweep", True, 3, 120)
    ]
    assert query("select attribution from raw.sources") == [("Jobs by Adzuna",)]


def test_what_the_keys_allow_is_written_down_for_those_who_watch(nights, query):
    with nights.adzuna(ads_on(DAY, 120, seed=1), limits=FREE_KEY) as adzuna:
        nights.collect(adzuna)
    assert query("select source, calls_limit from ops.calls_left where span = '31 days'") == [
        ("adzuna", 2_500)
    ]


def test_the_next_night_asks_for_what_is_new_and_stops_at_what_is_known(nights, query):
    with nights.adzuna(ads_on(DAY, 1_000, seed=1)) as adzuna:
        nights.collect(adzuna)
    tomorrow = nights.next_night()
    world = ads_on(tomorrow, 1_000, seed=1)
    with nights.adzuna(world) as adzuna:
        counts = nights.collect(adzuna)
    assert counts.calls <= 3
    assert 20 < counts.inserted <= counts.collected <= 150
    assert query("select kind, is_complete from raw.readings order by 1") == [
        ("news", True), ("sweep", True)
    ]  # fmt: skip
    # whatever the source dated since then is known
    since = f"{DAY}T00:30:00Z"
    newest = {ad["id"] for ad in world if isinstance(ad, dict) and ad["created"] > since}
    known = {ad_id for (ad_id,) in query("select ad_id from raw.ads")}
    assert newest <= known


def test_a_sweep_comes_back_on_its_own_rhythm(nights, query):
    weekly = [FRANCE]
    for _ in range(9):
        with nights.adzuna(ads_on(nights.clock.now().date(), 200, seed=1)) as adzuna:
            nights.collect(adzuna, weekly)
        nights.next_night()
    swept = query(
        "select batch_date::text from raw.readings join ops.batches on ended_batch_id = batch_id"
        " where kind = 'sweep' order by 1"
    )
    assert swept == [("2026-01-08",), ("2026-01-15",)]


def test_down_half_way_the_next_try_goes_on_and_asks_nothing_twice(nights, query):
    ads = ads_on(DAY, 220, seed=1)
    with nights.adzuna(ads, faults=FaultPlan(fail_after=3)) as adzuna:
        with pytest.raises(SourceDown, match="page 3"):
            nights.collect(adzuna)
    assert query("select count(*) from raw.sightings") == [(100,)]
    assert query("select count(*) from raw.readings where ended_batch_id is not null") == [(0,)]
    with nights.adzuna(ads) as adzuna:
        counts = nights.collect(adzuna)
        assert (counts.collected, counts.inserted, counts.repeated) == (220, 220, 0)
        landed = query("select page from raw.requests where outcome = 'landed' order by page")
        assert landed == [(number,) for number in range(1, 6)]
        # and again, in the same batch: nothing is left to ask
        assert nights.collect(adzuna).calls == counts.calls


def test_a_page_that_stays_unreadable_is_passed_over_and_kept_with_its_bytes(nights, query):
    class OnePageIsHtml(FaultPlan):
        def fault_of(self, call: int, seed: int) -> str | None:
            return "html" if 2 <= call <= 6 else None

    with nights.adzuna(ads_on(DAY, 150, seed=1), faults=OnePageIsHtml()) as adzuna:
        counts = nights.collect(adzuna)
    assert (counts.collected, counts.skipped_pages) == (100, 1)
    assert any("page 2 was passed over" in note for note in nights.notes)
    assert query("select is_complete from raw.readings") == [(False,)]
    kept = query("select reason, convert_from(body, 'UTF8') from raw.malformed")
    assert len(kept) == 5
    assert all("no JSON" in reason and "We will be back" in body for reason, body in kept)


def test_a_source_that_answers_nonsense_alone_ends_the_stage(nights, query):
    with nights.adzuna(ads_on(DAY, 150, seed=1), faults=FaultPlan({"html": 1.0})) as adzuna:
        with pytest.raises(SourceDown, match="3 answers in a row"):
            nights.collect(adzuna)
    assert query("select count(*) from raw.readings where ended_batch_id is not null") == [(0,)]


def test_faults_on_a_third_of_the_calls_lose_nothing_and_bring_nothing_twice(nights):
    rates = {"429": 0.1, "502": 0.08, "503": 0.08, "cut": 0.08}
    faults = FaultPlan(rates, retry_after=0)
    with nights.adzuna(ads_on(DAY, 500, seed=1), faults=faults) as adzuna:
        counts = nights.collect(adzuna)
    assert counts.skipped_pages == 0
    assert counts.failed_calls > 0
    assert (counts.collected, counts.inserted) == (500, 500)


def test_a_search_that_finds_nothing_is_told_and_shows_of_no_ad_that_it_is_gone(nights, query):
    nowhere = AdzunaSearch(name="misspelt", country="fr", where="Marseile")
    with nights.adzuna(ads_on(DAY, 200, seed=1)) as adzuna:
        nights.collect(adzuna, [nowhere])
    (note,) = nights.notes
    assert "misspelt" in note
    assert "where" in note
    assert query("select is_complete from raw.readings") == [(False,)]


def test_two_searches_that_overlap_count_an_ad_once(nights):
    both = [FRANCE, AdzunaSearch(name="again", country="fr", what_exclude="zzz")]
    with nights.adzuna(ads_on(DAY, 100, seed=1)) as adzuna:
        counts = nights.collect(adzuna, both)
    assert (counts.collected, counts.inserted, counts.repeated) == (200, 100, 100)


def test_a_search_for_recent_ads_never_shows_that_an_ad_is_gone(nights, query):
    recent = AdzunaSearch(name="recent", country="fr", max_days_old=3)
    with nights.adzuna(ads_on(DAY, 100, seed=1)) as adzuna:
        nights.collect(adzuna, [recent])
    assert query("select is_complete from raw.readings") == [(False,)]


def test_an_edited_search_is_another_one(nights, query):
    with nights.adzuna(ads_on(DAY, 100, seed=1)) as adzuna:
        nights.collect(adzuna)
        nights.next_night()
        nights.collect(adzuna, [AdzunaSearch(name="france", country="fr", what="infirmier")])
    assert query("select search, query from raw.searches order by search_id") == [
        ("france", {}), ("france", {"what": "infirmier"})
    ]  # fmt: skip


def test_no_key_is_written_down(nights, query):
    faults = FaultPlan({"502": 0.3})
    with nights.adzuna(ads_on(DAY, 60, seed=1), faults=faults) as adzuna:
        nights.collect(adzuna)
    for (row,) in query("select requests::text from raw.requests"):
        assert "app_key" not in row
        assert "app_id" not in row
        assert "simulator" not in row


def test_refused_keys_end_the_stage_and_leave_what_came_before(nights, query):
    with nights.adzuna(ads_on(DAY, 60, seed=1)) as adzuna:
        nights.collect(adzuna)
    nights.next_night()
    with nights.adzuna([], app_key="revoked") as adzuna, pytest.raises(KeysRefused, match="401"):
        nights.collect(adzuna)
    assert query("select count(*) from raw.ads") == [(60,)]


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
