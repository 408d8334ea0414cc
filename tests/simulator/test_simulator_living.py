"""A world that steps from day to day is the world that is made anew on each."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from ingest.simulator import Answers, Diary, FaultPlan, LivingWorld, SimulatorServer, ads_on
from ingest.simulator.entry import Entry
from ingest.simulator.query import Query
from ingest.simulator.search import find

START, SLOTS, SEED = date(2026, 2, 1), 400, 3
DAYS = [START + timedelta(days=number) for number in range(45)]
QUERIES = (
    Query("fr", sort_by="date"),
    Query("fr", category="it-jobs", sort_by="date", sort_dir="up"),
    Query("fr", max_days_old=2, sort_by="date"),
    Query("fr", locations=((0, "France"), (1, "Ile-de-France"))),
    Query("fr", where="Lyon", contract_types=("permanent", "contract")),
    Query("fr", title_only="urgent"),
    Query("fr", what="équipe", contract_times=("full_time",)),
    Query("fr", salary_min=2_000, sort_by="salary"),
    Query("gb"),
)


class DayClock:
    def __init__(self, day: date) -> None:
        self.day = day

    def now(self) -> datetime:
        return datetime.combine(self.day, time(0, 30), UTC)

    def sleep(self, seconds: float) -> None: ...


def test_it_has_the_very_ads_of_each_day():
    world = LivingWorld(START, SLOTS, SEED, back_dates=True)
    for day in DAYS:
        world.turn_to(day)
        ads = [entry.ad for entry in world.entries()]
        assert 0.97 * SLOTS < len(ads) <= SLOTS
        assert ads == ads_on(day, len(ads), SEED)


def test_it_may_skip_days():
    world = LivingWorld(START, SLOTS, SEED)
    world.turn_to(DAYS[40])
    ads = [entry.ad for entry in world.entries()]
    assert ads == ads_on(DAYS[40], len(ads), SEED, back_dates=False)


def test_it_does_not_go_back():
    world = LivingWorld(DAYS[3], 10, SEED)
    with pytest.raises(ValueError, match="cannot go back"):
        world.turn_to(DAYS[2])


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_search_finds_what_it_finds_among_the_ads_of_the_day(query):
    world = LivingWorld(START, SLOTS, SEED, back_dates=True)
    for day in DAYS[:12]:
        found = world.find(query, day)
        entries = [Entry(ad) for ad in ads_on(day, len(world.entries()), SEED)]
        expected = find(entries, query, day)
        assert (found.count, found.mean) == (expected.count, expected.mean)
        assert [entry.ad for entry in found.entries] == [entry.ad for entry in expected.entries]


def test_what_appears_is_new():
    world = LivingWorld(START, SLOTS, SEED)
    before = {entry.ad_id for entry in world.entries()}
    world.turn_to(DAYS[1])
    new = [entry for entry in world.entries() if entry.ad_id not in before]
    fresh = world.find(Query("fr", max_days_old=1), DAYS[1])
    assert {entry.ad_id for entry in new} >= {entry.ad_id for entry in fresh.entries}
    dated = [entry.created for entry in new if len(entry.created) == len("2026-02-01T12:00:00Z")]
    assert dated
    assert all(created.startswith(START.isoformat()) for created in dated)


def test_the_diary_tells_every_life_and_edit_from_the_id_alone():
    world, diary = LivingWorld(START, SLOTS, SEED), Diary(SEED)
    seen: dict[str, dict[date, object]] = {}
    for day in DAYS:
        world.turn_to(day)
        for entry in world.entries():
            seen.setdefault(entry.ad_id, {})[day] = entry.ad
    changed = 0
    for ad_id, ads in seen.items():
        story = diary.story_of(ad_id)
        expected = [
            day
            for day in DAYS
            if story.first_day <= day <= story.last_day and day not in story.days_away
        ]
        assert list(ads) == expected
        edited = {day for day, _ in story.edits}
        for before, after in pairwise(ads):
            if ads[before] != ads[after]:
                changed += 1
                assert any(before < day <= after for day in edited)
                assert diary.changed_fields(ad_id, before, after)
            else:
                assert not diary.changed_fields(ad_id, before, after)
    assert changed > 100
    assert any(diary.story_of(ad_id).days_away for ad_id in seen)


def test_the_log_holds_what_arrived_whole_by_night_and_version(ask):
    world, clock, answers = LivingWorld(START, 100, SEED), DayClock(START), Answers()
    faults = FaultPlan({"cut": 0.3, "502": 0.2})
    arrived: dict[str, list] = {}
    with SimulatorServer(world, clock=clock, answers=answers, faults=faults) as server:
        for clock.day in DAYS:
            answer = ask(server, "jobs/fr/search/1", results_per_page=50, sort_by="date")
            try:
                shown = answer.json()["results"]
            except ValueError:
                continue
            for ad in shown:
                ad_id = ad["id"] if isinstance(ad, dict) else ad
                arrived.setdefault(ad_id, []).append((clock.day, ad))
    assert {ad_id: [day for day, _ in nights] for ad_id, nights in answers.by_ad.items()} == {
        ad_id: [day for day, _ in nights] for ad_id, nights in arrived.items()
    }
    for ad_id, nights in arrived.items():
        contents = [
            {name: value for name, value in ad.items() if name not in ("adref", "redirect_url")}
            if isinstance(ad, dict)
            else ad
            for _, ad in nights
        ]
        versions = [version for _, version in answers.by_ad[ad_id]]
        for (one, one_version), (other, other_version) in pairwise(
            zip(contents, versions, strict=True)
        ):
            assert (one == other) == (one_version == other_version)
