"""The plan of a night: plain functions."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.adzuna.source import FREE_KEY
from ingest.budget.limits import parse_limits
from ingest.budget.plan import RESERVE, Share, Standing, nightly_allowance, plan_night

NOW = datetime(2026, 1, 8, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def standing(name: str, new: float | None = 0, sweep: int | None = 0, overdue: int = 0) -> Standing:
    return Standing(name, 50, new, sweep, overdue)


def test_fresh_keys_are_spread_over_the_month_with_a_reserve():
    assert nightly_allowance(FREE_KEY, [], NOW) == int(2_500 * (1 - RESERVE) / 31)


def test_what_was_spent_lately_is_missing_until_it_leaves_its_window():
    spent = [NOW - 3 * DAY] * 900
    # 60 of the week's 960 are left for four nights, until those calls are seven days old
    assert nightly_allowance(parse_limits("1000/week"), spent, NOW) == 15
    assert nightly_allowance(parse_limits("1000/week"), [NOW - 8 * DAY] * 900, NOW) == 960 // 7


def test_without_limits_there_is_no_allowance():
    assert nightly_allowance((), [], NOW) is None
    assert nightly_allowance(parse_limits("10/second"), [], NOW) is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 70), min_size=0, max_size=80))
def test_night_after_night_no_window_is_ever_exceeded(others):
    """Whoever else uses the keys, by night: their calls come first."""
    calls: list[datetime] = []
    for night in range(80):
        now = NOW + night * DAY
        foreign = others[night] if night < len(others) else 0
        for limit in FREE_KEY[1:]:
            foreign = min(foreign, limit.calls - used(calls, now - limit.span))
        calls += [now] * foreign
        allowance = nightly_allowance(FREE_KEY, calls, now)
        calls += [now + timedelta(minutes=1)] * allowance
        for limit in FREE_KEY[1:]:
            end = now + timedelta(minutes=2)
            assert used(calls, end - limit.span) <= limit.calls


def used(calls: list[datetime], since: datetime) -> int:
    return len(calls) - bisect_right(calls, since)


def test_each_search_gets_what_its_news_need_and_sweeps_the_rest():
    searches = [standing("a", new=120), standing("b", new=10), standing("c", sweep=500, overdue=3)]
    assert plan_night(30, searches) == [Share("a", 3, 0), Share("b", 1, 0), Share("c", 1, 25)]


def test_the_most_overdue_sweep_comes_first():
    searches = [standing("a", sweep=100, overdue=1), standing("b", sweep=100, overdue=9)]
    assert plan_night(22, searches) == [Share("a", 1, 0), Share("b", 1, 20)]


def test_too_few_calls_go_where_they_bring_most():
    searches = [standing("rich", new=240), standing("poor", new=20), standing("empty")]
    shares = {share.search: share.news for share in plan_night(5, searches)}
    assert shares == {"rich": 5, "poor": 0, "empty": 0}


def test_a_search_that_waits_gains_weight():
    searches = [standing("rich", new=100), standing("poor", new=12 * 8)]
    shares = {share.search: share.news for share in plan_night(3, searches)}
    assert shares["poor"] >= 1


def test_without_limits_every_search_gets_all_it_needs():
    searches = [standing("a", new=60), standing("b", sweep=None)]
    assert plan_night(None, searches) == [Share("a", None, 0), Share("b", 0, None)]


@given(
    st.integers(0, 200),
    st.lists(
        st.tuples(st.floats(0, 900), st.none() | st.integers(0, 300), st.integers(0, 50)),
        max_size=9,
    ),
)
def test_a_plan_never_spends_more_than_the_night_has(allowance, drawn):
    searches = [standing(f"s{n}", *one) for n, one in enumerate(drawn)]
    shares = plan_night(allowance, searches)
    assert [share.search for share in shares] == [one.search for one in searches]
    assert sum(share.news + share.sweep for share in shares) <= allowance
    assert all(share.news >= 0 and share.sweep >= 0 for share in shares)


@pytest.mark.parametrize("text", ["25", "25/fortnight", "0/day", "a/day", ""])
def test_limits_that_cannot_be_read_are_told(text):
    with pytest.raises(ValueError, match="25/minute"):
        parse_limits(text)
