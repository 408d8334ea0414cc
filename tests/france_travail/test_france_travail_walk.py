"""Sweep and news as functions of what is answered, without HTTP."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walked import SEARCH, ids, walk_to_the_end

from ingest.france_travail.walk import SKIPPED, TOO_MANY, news, sweep
from ingest.source import Answer, End, Question

NOW = datetime(2026, 1, 8, 12, tzinfo=UTC)
LOST = Answer((), [], None, NOW, is_readable=False)
MOST = 450  # three pages


def ads_at(*moments: datetime) -> list[dict]:
    return [
        {"id": f"A{number}", "dateCreation": moment.isoformat(timespec="milliseconds")}
        for number, moment in enumerate(moments)
    ]


def ads_every(step: timedelta, count: int) -> list[dict]:
    return ads_at(*(NOW - number * step for number in range(count)))


class Api:
    """A list of ads that is asked as France Travail is."""

    def __init__(self, ads: list[dict], known: set[str] = frozenset(), most: int = MOST):
        self.ads, self.known, self.most = ads, known, most
        self.ranges: list[str] = []

    def __call__(self, question: Question) -> Answer:
        first, last = map(int, question.query["range"].split("-"))
        assert last < self.most, "the API shows no more"
        assert last - first < 150
        self.ranges.append(question.query["range"])
        found = sorted(
            (ad for ad in self.ads if self._matches(ad, question)),
            key=lambda ad: datetime.fromisoformat(ad["dateCreation"]),
            reverse=True,
        )
        shown = found[first : last + 1]
        return Answer(shown, [ad["id"] in self.known for ad in shown], len(found), NOW)

    @staticmethod
    def _matches(ad: dict, question: Question) -> bool:
        created = datetime.fromisoformat(ad["dateCreation"])
        names = ("minCreationDate", "maxCreationDate")
        if not any(name in question.query for name in names):
            return True
        first, last = (datetime.fromisoformat(question.query[name]) for name in names)
        return first <= created <= last


def swept(api: Callable, cursor: dict | None = None):
    return walk_to_the_end(sweep(SEARCH, cursor, MOST), api)


def test_what_fits_is_asked_without_dates_and_read_to_its_end():
    ads = ads_every(timedelta(minutes=1), 310)
    asked, found, end = swept(api := Api(ads))
    assert api.ranges == ["0-149", "150-299", "300-449"]
    assert "minCreationDate" not in asked[0].query
    assert ids(found) == ids(ads)
    assert end == End(is_complete=True)


@pytest.mark.parametrize(("count", "calls"), [(0, 1), (1, 1), (150, 1), (151, 2), (450, 3)])
def test_no_call_is_spent_behind_the_end(count, calls):
    asked, found, end = swept(Api(ads_every(timedelta(hours=1), count)))
    assert (len(asked), len(found), end.is_complete) == (calls, count, True)


def test_a_source_that_counts_nothing_is_read_to_an_empty_page():
    api = Api(ads_every(timedelta(hours=1), 300))
    asked, found, end = swept(lambda question: replace(api(question), reported_count=None))
    assert (len(asked), len(found), end.is_complete) == (3, 300, True)


def test_more_ads_than_are_shown_are_cut_by_date_until_each_part_fits():
    ads = ads_every(timedelta(minutes=7), 3_000)
    asked, found, end = swept(Api(ads))
    assert ids(found) == ids(ads)
    assert end.is_complete
    # 3,000 ads are 20 pages; halving costs some more
    assert len(asked) < 60
    assert any(question.note and "3,000 ads" in question.note for question in asked)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=1_500))
def test_a_sweep_shows_all_or_says_what_it_lacks(ages):
    """Ads cluster, stand on the edges of parts, and share moments."""
    ads = ads_at(*(NOW - timedelta(milliseconds=333 * age) for age in ages))
    _, found, end = swept(Api(ads))
    assert ids(found) == ids(ads) or end == End(is_complete=False, why_not=TOO_MANY)


def test_no_ad_falls_between_the_seconds_of_two_parts():
    """Ten ads a second, so that some lie within the second of every cut."""
    ads = ads_every(timedelta(milliseconds=100), 3_000)
    _, found, end = swept(Api(ads))
    assert end.is_complete
    assert ids(found) == ids(ads)


def test_too_many_ads_of_one_second_are_no_complete_sweep():
    crowd = ads_at(*[NOW - timedelta(days=3)] * 500, *[NOW] * 10)
    _, found, end = swept(Api(crowd))
    assert end == End(is_complete=False, why_not=TOO_MANY)
    assert len(ids(found)) == 460


def test_a_sweep_goes_on_from_any_of_its_questions():
    ads = ads_every(timedelta(minutes=7), 1_300)
    asked, whole, _ = swept(Api(ads))
    for place, question in enumerate(asked):
        cursor = json.loads(json.dumps(question.cursor))
        again, rest, end = swept(Api(ads), cursor)
        assert again[0].query == question.query
        assert len(again) == len(asked) - place
        assert whole[len(whole) - len(rest) :] == rest
        assert end.is_complete


def test_a_page_that_was_passed_over_keeps_a_sweep_from_being_complete():
    api = Api(ads_every(timedelta(minutes=1), 310))
    _, found, end = swept(lambda question: LOST if question.page == 2 else api(question))
    assert len(found) == 160
    assert end == End(is_complete=False, why_not=SKIPPED)


def test_that_is_remembered_on_a_later_night():
    api = Api(ads_every(timedelta(minutes=1), 310))
    questions = sweep(SEARCH, None, MOST)
    next(questions)
    later = questions.send(LOST)
    _, _, end = swept(api, json.loads(json.dumps(later.cursor)))
    assert end == End(is_complete=False, why_not=SKIPPED)


def test_ads_that_went_away_meanwhile_let_no_other_slip_through():
    api = Api(ads_every(timedelta(minutes=1), 310))
    stayed = ids(api.ads[10:])

    def shrinks_after_the_first_page(question: Question) -> Answer:
        if len(api.ranges) == 1:
            api.ads = api.ads[10:]
        return api(question)

    _, found, end = swept(shrinks_after_the_first_page)
    assert stayed <= ids(found)
    assert end.is_complete
    assert api.ranges == ["0-149", "150-299", "0-149", "150-299"]


def test_a_source_whose_count_falls_on_every_call_is_still_read_to_an_end():
    api = Api(ads_every(timedelta(minutes=1), 440))
    counts = iter(range(440, 0, -1))
    asked, _, end = swept(lambda question: replace(api(question), reported_count=next(counts)))
    assert end.is_complete
    assert len(asked) < 10


SINCE = NOW - timedelta(days=1)


def read_news(api: Callable, since: datetime = SINCE, cursor: dict | None = None):
    return walk_to_the_end(news(SEARCH, since, NOW, cursor, MOST), api)


def test_news_are_asked_newest_first_with_both_dates_and_margins():
    asked, _, _ = read_news(Api(ads_every(timedelta(hours=1), 100)))
    assert asked[0].query == {
        "minCreationDate": "2026-01-07T06:00:00Z",
        "maxCreationDate": "2026-01-09T12:00:00Z",
        "sort": 1,
        "range": "0-149",
    }


def test_news_end_where_a_page_ends_with_what_was_known_before_since():
    ads = ads_every(timedelta(minutes=4), 440)  # since is ad 360
    late = Api(ads, known=ids(ads[100:]))
    assert read_news(late)[2] == End(is_complete=True)
    # page 3 ends with a known ad of before; had page 2 ended it, the ads up to 360 were not asked for
    assert late.ranges == ["0-149", "150-299", "300-449"]
    soon = Api(ads, known=ids(ads[100:]))
    read_news(soon, since=NOW - timedelta(minutes=500))
    assert soon.ranges == ["0-149"]


def test_unknown_ads_from_before_since_are_read_on():
    ads = ads_every(timedelta(minutes=4), 440)
    api = Api(ads, known=set())
    _, found, _ = read_news(api, since=NOW - timedelta(minutes=500))
    assert len(found) == 216  # down to the margin


def test_more_news_than_are_shown_are_cut_too():
    ads = ads_every(timedelta(minutes=1), 1_800)
    _, found, end = read_news(Api(ads))
    assert ids(found) == ids(ads[: 30 * 60 + 1])
    assert end.is_complete


def test_parts_are_asked_from_the_newest_to_the_oldest():
    asked, _, _ = swept(Api(ads_every(timedelta(minutes=7), 1_300)))
    parts = [question.query for question in asked[1:] if question.page == 1]
    # a part that is cut is followed by its newer half, which has the same end
    for sooner, later in pairwise(parts):
        assert later["maxCreationDate"] <= sooner["maxCreationDate"]
    assert parts[-1]["minCreationDate"] == "2000-01-01T00:00:00Z"
