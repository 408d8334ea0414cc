"""The ledger over a real database: shared, written before the call, never over a limit."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from nights import DAY, FRANCE, FastClock

from core.database import connect
from ingest.adzuna.source import account_of
from ingest.budget.ledger import BudgetSpent, Ledger, Purpose
from ingest.budget.limits import parse_limits
from ingest.clock import DatabaseClock
from ingest.simulator import FaultPlan, ads_on

PURPOSE = Purpose(1, 1, None, 1, {})
ACCOUNTS = ("one", "two", "three", "four")


@pytest.fixture
def ledger(nights, connection):
    def ledger(limits: str, account: str = "mine") -> Ledger:
        return Ledger(
            connection, nights.clock, source="adzuna", account=account, limits=parse_limits(limits)
        )

    return ledger


def test_a_full_minute_is_waited_for(ledger, nights):
    calls = ledger("3/minute 100/day")
    moments = [calls.send(PURPOSE).requested_at for _ in range(7)]
    for earlier, later in zip(moments, moments[3:], strict=False):
        assert later - earlier >= timedelta(minutes=1)
    # no longer than it takes a call to be on its way
    assert sum(nights.clock.waits) == pytest.approx(2 * 65)


def test_a_full_day_ends_the_night_and_says_when_to_go_on(ledger, nights):
    calls = ledger("2/day")
    calls.send(PURPOSE)
    calls.send(PURPOSE)
    with pytest.raises(BudgetSpent, match=r"2 calls of 24 hours are made.*2026-01-09 00:30"):
        calls.send(PURPOSE)
    assert nights.clock.waits == []
    nights.clock.sleep(24 * 3600)
    calls.send(PURPOSE)


def test_keys_of_another_account_have_calls_of_their_own(ledger):
    ledger("1/day").send(PURPOSE)
    ledger("1/day", account="another").send(PURPOSE)


def test_a_call_counts_before_it_is_made_whatever_becomes_of_its_process(ledger, query):
    ledger("1/day").send(PURPOSE)
    assert query("select outcome from raw.requests") == [("sent",)]
    with pytest.raises(BudgetSpent):
        ledger("1/day").send(PURPOSE)


def test_a_clock_that_was_set_back_gives_no_calls_back(ledger, nights):
    calls = ledger("1/day")
    calls.send(PURPOSE)
    nights.clock.moment -= timedelta(days=3)
    with pytest.raises(BudgetSpent):
        calls.send(PURPOSE)


def test_calls_of_a_clock_that_was_years_ahead_count_no_longer_than_others(ledger, nights, query):
    calls = ledger("2/minute 3/day")
    nights.clock.moment += timedelta(days=3_000)
    calls.failed(calls.send(PURPOSE), status=429, ms=1, error="", blocked_until=_in(nights, 90))
    calls.send(PURPOSE)
    nights.clock.moment -= timedelta(days=3_000)
    assert calls.take_back_from_later() == 2
    assert calls.send(PURPOSE).requested_at == nights.clock.now()
    assert nights.clock.waits == [90, 90]  # before and after
    with pytest.raises(BudgetSpent, match=r"3 calls of 24 hours are made.*2026-01-09"):
        calls.send(PURPOSE)
    assert calls.take_back_from_later() == 0
    assert query("select count(*) from raw.requests") == [(3,)]


def _in(nights, seconds: float) -> datetime:
    return nights.clock.now() + timedelta(seconds=seconds)


def test_a_refusal_is_believed_by_everyone_and_the_night_goes_on_after_it(nights, query):
    class OneRefusal(FaultPlan):
        def fault_of(self, call: int, seed: int) -> str | None:
            return "429" if call == 2 else None

    faults = OneRefusal(retry_after=45)
    with nights.adzuna(ads_on(DAY, 150, seed=1), faults=faults) as adzuna:
        counts = nights.collect(adzuna)
    assert counts.inserted == 150
    assert sum(nights.clock.waits) == 45
    rows = query(
        "select outcome, status, blocked_until - requested_at from raw.requests order by request_id"
    )
    assert rows[1] == ("failed", 429, timedelta(seconds=45))


def test_a_refusal_for_hours_ends_the_night_in_peace_and_holds_the_next_one_back(nights, query):
    ads = ads_on(DAY, 150, seed=1)
    faults = FaultPlan({"429": 1.0}, retry_after=7_200)
    with nights.adzuna(ads, faults=faults) as adzuna:
        counts = nights.collect(adzuna)
    assert counts.calls == 1
    (note,) = nights.notes
    assert "asked too often" in note
    assert "02:30" in note
    nights.clock.sleep(3_600)
    with nights.adzuna(ads) as adzuna:
        assert nights.collect(adzuna).calls == 1
    nights.clock.sleep(3_601)
    with nights.adzuna(ads) as adzuna:
        assert nights.collect(adzuna).inserted == 150


def test_a_night_keeps_to_its_allowance_and_a_second_run_has_what_is_left(nights, query):
    limits = parse_limits("25/minute 40/day 200/month")
    ads = ads_on(DAY, 2_000, seed=1)
    for _ in range(3):
        with nights.adzuna(ads, limits=limits) as adzuna:
            nights.collect(adzuna)
    assert query("select count(*) from raw.requests") == [(int(200 * 0.96 / 31),)]


def test_what_a_search_leaves_of_its_calls_another_gets(nights, query):
    limits = parse_limits("1000/month")
    with nights.adzuna(ads_on(DAY, 600, seed=1), limits=limits) as adzuna:
        nights.collect(adzuna, [FRANCE])
    # 30 calls: two of news, 13 of the sweep
    assert query("select kind, is_complete from raw.readings order by 1") == [
        ("news", True), ("sweep", True)
    ]  # fmt: skip


def test_two_processes_at_once_stay_within_the_limit_together(database, query):
    script = f"""
from contextlib import closing
from core.database import connect
from ingest.budget.ledger import BudgetSpent, Ledger, Purpose
from ingest.budget.limits import parse_limits
from ingest.clock import DatabaseClock
with closing(connect({database!r})) as connection:
    ledger = Ledger(connection, DatabaseClock(connection), source="adzuna", account="shared",
                    limits=parse_limits("1000/minute 60/day"))
    sent = 0
    try:
        while True:
            ledger.send(Purpose(1, 1, None, 1, {{}}))
            sent += 1
    except BudgetSpent:
        print(sent)
"""
    runs = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    sent = [int(run.communicate(timeout=60)[0]) for run in runs]
    assert sum(sent) == 60
    assert query("select count(*) from raw.requests") == [(60,)]


def test_accounts_that_meet_at_the_turn_of_months_do_not_wait_for_each_other_forever(
    database, query
):
    months = [datetime(2026 + number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in range(24)]
    together = Barrier(len(ACCOUNTS))

    def work(account: str) -> None:
        with closing(connect(database)) as connection:
            for month in months:
                clock = FastClock(month)
                ledger = Ledger(
                    connection, clock, source=account, account=account, limits=parse_limits("9/day")
                )
                together.wait(timeout=60)
                ledger.send(PURPOSE)

    with ThreadPoolExecutor(len(ACCOUNTS)) as pool:
        list(pool.map(work, ACCOUNTS))
    assert query("select count(*) from raw.requests") == [(len(months) * len(ACCOUNTS),)]


def test_the_database_clock_goes_on_by_itself(connection):
    clock = DatabaseClock(connection)
    first = clock.now()
    assert first.tzinfo
    assert first <= clock.now() < first + timedelta(seconds=5)


def test_nobody_gets_the_keys_back_from_an_account():
    account = account_of("my-id", "my-key")
    assert account == account_of("my-id", "my-key")
    assert account != account_of("my-id", "another-key")
    assert "my" not in account
