"""The quota of a key, counted by the simulator on a clock of its own, and the time that it tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests

from ingest.adzuna.source import FREE_KEY
from ingest.simulator import FaultPlan, SimulatorServer
from ingest.simulator.meter import Meter
from ingest.source import Limit

BEGIN = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)
PATH = "jobs/fr/search/1"


@dataclass
class Clock:
    moment: datetime = BEGIN

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_26th_call_of_a_minute_is_told_when_to_come_back(clock, ask):
    with SimulatorServer([], clock=clock, limits=FREE_KEY) as server:
        assert {ask(server, PATH).status_code for _ in range(25)} == {200}
        clock.sleep(20)
        refused = ask(server, PATH)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "41")
        clock.sleep(40)
        assert ask(server, PATH).status_code == 200
    assert (server.meter.calls, server.meter.refused) == (26, 1)


@pytest.mark.parametrize(
    ("span", "calls"),
    [(timedelta(days=1), 250), (timedelta(days=7), 1_000), (timedelta(days=31), 2_500)],
)
def test_longer_windows_slide_and_name_no_time(span, calls):
    meter = Meter([Limit(calls, span)])
    step = span / calls
    moments = [BEGIN + step * number for number in range(calls)]
    assert [meter.take(moment) for moment in moments] == [None] * calls
    assert meter.take(BEGIN + span - timedelta(seconds=1)).wait is None
    assert meter.take(BEGIN + span) is None
    assert meter.take(BEGIN + span) is not None


def test_a_call_counts_whatever_is_answered_but_not_with_wrong_keys(clock, ask):
    faults = FaultPlan({"502": 1.0})
    with SimulatorServer(
        [], clock=clock, limits=[Limit(2, timedelta(days=1))], faults=faults
    ) as one:
        statuses = [ask(one, PATH).status_code for _ in range(3)]
    assert statuses == [502, 502, 429]
    with SimulatorServer([], clock=clock, limits=[Limit(1, timedelta(days=1))]) as other:
        statuses = [ask(other, PATH, app_key="wrong").status_code for _ in range(3)]
        assert [*statuses, ask(other, PATH).status_code] == [401, 401, 401, 200]


def test_the_highest_use_of_sliding_and_of_calendar_windows_is_remembered():
    meter = Meter()
    evening = datetime(2026, 3, 31, 23, 59, 50, tzinfo=UTC)
    for second in range(20):
        meter.take(evening + timedelta(seconds=second))
    assert (meter.highest["60 seconds"], meter.highest["minute"]) == (20, 10)
    assert (meter.highest["24 hours"], meter.highest["day"]) == (20, 10)
    assert (meter.highest["31 days"], meter.highest["month"]) == (20, 10)
    assert (meter.highest["7 days"], meter.highest["week"]) == (20, 20)
    assert meter.refused == 0


def test_without_limits_nobody_is_refused(clock, ask):
    with SimulatorServer([], clock=clock) as server:
        assert {ask(server, PATH).status_code for _ in range(30)} == {200}


def told(answer: requests.Response) -> datetime:
    return parsedate_to_datetime(answer.headers["Date"])


def test_every_answer_tells_the_simulators_own_time(clock, ask: Callable):
    faults = FaultPlan({"503": 0.5}, retry_after=1)
    with SimulatorServer([], clock=clock, faults=faults) as server:
        for path in (PATH, PATH, "version", "jobs/xx/search/1", "nowhere"):
            answer = ask(server, path)
            assert told(answer) == clock.now()
            assert len(answer.raw.headers.getlist("Date")) == 1
            clock.sleep(86_400)


def test_today_follows_the_clock(clock, ask):
    ads = [{"id": "1", "title": "Cuisinier", "created": "2026-02-28T12:00:00Z"}]
    with SimulatorServer(ads, clock=clock) as server:
        assert len(ask(server, PATH, max_days_old=2).json()["results"]) == 1
        clock.sleep(3 * 86_400)
        assert ask(server, PATH, max_days_old=2).json()["results"] == []


def test_a_day_of_the_past_tells_that_day_and_today_tells_now(ask):
    with SimulatorServer([], today=date(2026, 1, 8)) as server:
        assert told(ask(server, PATH)).date() == date(2026, 1, 8)
    now = datetime.now(UTC)
    with SimulatorServer([], today=now.date()) as server:
        assert abs(told(ask(server, PATH)) - now) < timedelta(minutes=1)
