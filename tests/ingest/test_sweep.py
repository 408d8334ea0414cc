"""Searches of more ads than Adzuna shows, cut by themselves: Adzuna's questions over the simulator's
search, without HTTP and database. One sweep of many nights goes through both."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import pytest
from nights import DAY, FRANCE, at_night

from ingest.adzuna.categories import CATEGORIES
from ingest.adzuna.pages import MOST_ADS, PAGE_SIZE
from ingest.adzuna.sweep import sweep
from ingest.budget.limits import parse_limits
from ingest.simulator.entry import Entry
from ingest.simulator.query import read_query
from ingest.simulator.search import Found, find, page_of
from ingest.source import Answer, End, Question


def ad(number: int, created: datetime, category: str = "it-jobs", region: str = "Corse") -> dict:
    return {
        "id": str(number),
        "title": "Soudeur",
        "redirect_url": f"https://www.adzuna.fr/details/{number}",
        "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "category": {"tag": category},
        "location": {"area": ["France", region]},
    }


def spread(count: int, days: float) -> list[dict]:
    """Ads created at even distances over the last days."""
    now = at_night(DAY)
    return [ad(n, now - timedelta(days=days * n / count, seconds=1)) for n in range(count)]


@dataclass
class Sweep:
    """What a sweep of some ads came to."""

    end: End
    calls: int = 0
    seen: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def swept(ads: list[dict], today: date = DAY) -> Sweep:
    entries = [Entry(each) for each in ads]

    @lru_cache(maxsize=64)
    def found(query: tuple) -> Found:
        asked = {name: str(value) for name, value in query}
        return find(entries, read_query("fr", asked), today)

    result = Sweep(End(is_complete=False))
    questions = sweep(FRANCE, at_night(today), None)
    question = next(questions)
    while True:
        result.calls += 1
        if question.note:
            result.notes.append(question.note)
        answer = answer_to(question, found(tuple(sorted(question.query.items()))), today)
        result.seen.update(each["id"] for each in answer.ads)
        try:
            question = questions.send(answer)
        except StopIteration as stop:
            result.end = stop.value
            return result


def answer_to(question: Question, found: Found, today: date) -> Answer:
    shown = [entry.ad for entry in page_of(found.entries, question.page, PAGE_SIZE)]
    return Answer(shown, [False] * len(shown), found.count, at_night(today))


def test_forty_thousand_ads_are_read_by_date_with_hardly_a_call_in_vain():
    result = swept(spread(40_000, days=25))
    print(f"\n40,000 ads: {len(result.seen):,} seen in {result.calls} calls")
    assert len(result.seen) == 40_000
    assert result.end == End(is_complete=True)
    assert result.calls <= 1.05 * 40_000 / PAGE_SIZE
    assert len(result.notes) >= 8
    assert all("read on by date" in note for note in result.notes)


def test_a_day_of_too_many_ads_is_cut_by_category_and_the_days_around_it_are_read_too():
    rng = random.Random(1)
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    crowd = [
        ad(n, noon + timedelta(seconds=n), rng.choice(list(CATEGORIES))) for n in range(12_000)
    ]
    others = [ad(20_000 + n, noon + timedelta(days=n % 3 - 1, hours=3)) for n in range(300)]
    result = swept(crowd + others)
    assert len(result.seen) == 12_300
    assert result.end.is_complete
    assert any("cut by category" in note for note in result.notes)


def test_a_category_of_a_day_is_cut_by_region_and_what_names_none_is_told():
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    regions = ["Bretagne", "Corse", "Normandie"]
    result = swept([ad(n, noon, region=regions[n % 3]) for n in range(12_000)])
    assert len(result.seen) == 12_000
    assert not result.end.is_complete
    assert "name no region" in result.end.why_not
    assert any("cut by region" in note for note in result.notes)


def test_a_day_that_no_cut_makes_small_enough_is_told_and_the_sweep_goes_on_behind_it():
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    later = [ad(20_000 + n, noon + timedelta(days=2)) for n in range(70)]
    result = swept([ad(n, noon) for n in range(6_000)] + later)
    assert {each["id"] for each in later} <= set(result.seen)
    assert not result.end.is_complete


def test_five_thousand_need_no_cut():
    result = swept(spread(MOST_ADS, days=20))
    assert len(result.seen) == MOST_ADS
    assert result.calls <= MOST_ADS / PAGE_SIZE + 1
    assert result.notes == []


def test_a_source_that_does_not_keep_to_the_days_asked_for_is_not_asked_for_ever():
    ads = sorted(spread(6_000, days=30), key=lambda each: each["created"])
    questions = sweep(FRANCE, at_night(DAY), None)

    def ask_for_ever() -> None:
        question = next(questions)
        for _ in range(110):
            shown = page_of(ads[:MOST_ADS], question.page, PAGE_SIZE)
            answer = Answer(shown, [False] * len(shown), len(ads), at_night(DAY))
            question = questions.send(answer)

    with pytest.raises(StopIteration) as ended:
        ask_for_ever()
    assert not ended.value.value.is_complete


def test_a_sweep_of_many_nights_goes_on_by_date_where_it_stopped(nights, query):
    limits = parse_limits("30/day 2000/month")
    ads = spread(4_000, days=40)
    for _ in range(6):
        with nights.adzuna(ads, limits=limits) as adzuna:
            nights.collect(adzuna)
        nights.next_night()
    sweeps = query(
        "select is_complete, began_batch_id, ended_batch_id from raw.readings where kind = 'sweep'"
    )
    assert [(complete, began) for complete, began, _ in sweeps] == [(True, 1)]
    assert sweeps[0][2] > 2
    assert query("select count(*) from raw.ads") == [(4_000,)]
    by_night = query("select count(*) from raw.requests group by requested_at::date")
    assert max(by_night) <= (30,)
    positions = query(
        "select min(payload ->> 'created') from raw.ads where fetched_at::date > '2026-01-08'"
        " group by fetched_at::date order by fetched_at::date"
    )
    assert all(earlier <= later for earlier, later in pairwise(positions))
