"""The life of a world over the days."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest

from ingest.simulator import ads_on
from ingest.simulator.lives import lives_on

SIZE, DAYS = 500, 40


@pytest.fixture(scope="module")
def days() -> list[tuple[date, dict[str, dict]]]:
    """The ads of a small world by id, day after day."""
    start = date(2025, 12, 20)
    calendar = [start + timedelta(days=number) for number in range(DAYS)]
    return [(day, by_id(ads_on(day, SIZE, seed=3))) for day in calendar]


def by_id(ads: list[Any]) -> dict[str, dict]:
    return {ad["id"]: ad for ad in ads if isinstance(ad, dict)}


def test_a_world_is_a_pure_function_of_day_size_and_seed(day):
    first = ads_on(day, 300, seed=1)
    ads_on(day + timedelta(days=1), 300, seed=1)
    assert ads_on(day, 300, seed=1) == first
    assert ads_on(day, 300, seed=2) != first
    assert ads_on(day, 200, seed=1) == first[:200]


@pytest.mark.parametrize("size", [0, 1, 997])
def test_a_world_is_as_large_as_asked(day, size):
    assert len(ads_on(day, size, seed=5)) == size


@pytest.mark.parametrize("size", [-1, 1_000_000])
def test_an_impossible_size_is_refused(day, size):
    with pytest.raises(ValueError, match="a world holds 0 to 900000 ads"):
        ads_on(day, size, seed=5)


def test_ids_are_unique_digits_and_are_not_given_again(world, days):
    ids = [ad["id"] if isinstance(ad, dict) else ad for ad in world]
    assert len(set(ids)) == len(ids)
    assert all(ad_id.isdecimal() and len(ad_id) == 10 for ad_id in ids)
    year_later = by_id(ads_on(days[0][0] + timedelta(days=365), SIZE, seed=3))
    assert not set(year_later) & {ad_id for _, ads in days for ad_id in ads}


def test_ids_stay_unique_in_a_large_world(day):
    ids = [life.ad_id for life in islice(lives_on(day, seed=1), 50_000)]
    assert len(set(ids)) == len(ids)


def test_an_ad_keeps_its_creation_date_and_place_and_is_never_from_the_future(days):
    first_seen: dict[str, dict] = {}
    for day, ads in days:
        for ad_id, ad in ads.items():
            born = first_seen.setdefault(ad_id, ad)
            assert (ad["created"], ad["location"]) == (born["created"], born["location"])
            assert ad["created"] < day.isoformat() or len(ad["created"]) > 20  # unreadable ones


def test_every_day_some_ads_are_new_some_go_and_some_change(days):
    changed = 0
    for (_, before), (_, after) in pairwise(days):
        kept = before.keys() & after.keys()
        assert 0.01 * SIZE < len(after.keys() - kept) < 0.12 * SIZE
        assert 0.01 * SIZE < len(before.keys() - kept) < 0.12 * SIZE
        changed += sum(before[ad_id] != after[ad_id] for ad_id in kept)
    assert 0.01 < changed / SIZE / (DAYS - 1) < 0.03


def test_titles_texts_and_pay_change_and_titles_change_back(days):
    changes: dict[str, int] = defaultdict(int)
    titles: dict[str, list[str]] = defaultdict(list)
    for (_, before), (_, after) in pairwise(days):
        for ad_id in before.keys() & after.keys():
            for field in before[ad_id].keys() | after[ad_id].keys():
                changes[field] += before[ad_id].get(field) != after[ad_id].get(field)
    for _, ads in days:
        for ad_id, ad in ads.items():
            if "title" in ad and titles[ad_id][-1:] != [ad["title"]]:
                titles[ad_id].append(ad["title"])
    moved = {field for field, number in changes.items() if number}
    assert moved == {"title", "description", "salary_min", "salary_max"}
    assert any(len(seen) > 2 and seen[0] == seen[2] for seen in titles.values())


def test_three_ads_in_a_hundred_go_away_and_come_back():
    """Judged by the first of each day: the last ones stand in for those that are away."""
    start, inner = date(2026, 3, 1), set()
    present: dict[str, list[int]] = defaultdict(list)
    for number in range(50):
        ads = ads_on(start + timedelta(days=number), 500, seed=9)
        inner |= by_id(ads[:480]).keys()
        for ad_id in by_id(ads):
            present[ad_id].append(number)
    spans = [(seen[-1] - seen[0] + 1, seen) for ad_id, seen in present.items() if ad_id in inner]
    away = [span - len(seen) for span, seen in spans if span > len(seen)]
    whole = [seen for _, seen in spans if seen[0] > 0 and seen[-1] < 49]
    assert 0.015 < len(away) / len(whole) < 0.05
    assert set(away) == {1, 2, 3, 4}


def test_new_ads_are_dated_the_day_before_so_that_a_night_finds_them(day):
    yesterday = by_id(ads_on(day - timedelta(days=1), 3_000, seed=3))
    today = by_id(ads_on(day, 3_000, seed=3))
    new = [today[ad_id]["created"][:10] for ad_id in today.keys() - yesterday.keys()]
    assert sum(created == "2026-01-07" for created in new) / len(new) > 0.85
