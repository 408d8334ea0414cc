"""Faults on purpose: what each looks like to a client, when they come, how they are asked for."""

import threading
import time
from datetime import date

import pytest
import requests

from ingest.simulator import KINDS, FaultPlan, SimulatorServer, parse_day, parse_faults

PATH = "jobs/fr/search/1"


@pytest.fixture
def faulty(world, day):
    def faulty(rates: dict[str, float], seed: int = 0, **settings: float) -> SimulatorServer:
        plan = FaultPlan(rates, **settings)
        return SimulatorServer(world[:200], today=day, faults=plan, seed=seed)

    return faulty


def test_429_says_when_to_come_back(faulty, ask):
    with faulty({"429": 1.0}, retry_after=3) as server:
        answer = ask(server, PATH)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3")


@pytest.mark.parametrize("kind", ["502", "503"])
def test_gateway_errors_have_a_body_of_html(faulty, ask, kind):
    with faulty({kind: 1.0}) as server:
        answer = ask(server, PATH)
    assert answer.status_code == int(kind)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith("<html>")


def test_cut_is_a_200_whose_json_breaks_off(faulty, ask):
    with faulty({"cut": 1.0}) as server:
        answer = ask(server, PATH, results_per_page=50)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content.startswith(b'{"__CLASS__"')
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_html_is_a_200_that_is_no_json(faulty, ask):
    with faulty({"html": 1.0}) as server:
        answer = ask(server, PATH)
    assert answer.status_code == 200
    assert answer.text.startswith("<html>")


def test_timeout_outlasts_the_client_but_not_the_server(faulty):
    start = time.monotonic()
    with faulty({"timeout": 1.0}, hold_seconds=300) as server, pytest.raises(requests.ReadTimeout):
        requests.get(f"{server.base_url}/{PATH}", timeout=0.2)
    assert time.monotonic() - start < 5
    for thread in threading.enumerate():
        if "process_request" in thread.name:
            thread.join(timeout=5)
            assert not thread.is_alive()


def test_a_held_answer_comes_in_the_end(faulty, ask):
    with faulty({"timeout": 1.0}, hold_seconds=0.1) as server:
        start = time.monotonic()
        answer = ask(server, PATH)
    assert len(answer.json()["results"]) == 10
    assert time.monotonic() - start >= 0.1


def test_faults_come_at_their_rate_and_again_with_the_same_seed(faulty, ask):
    def statuses(seed: int) -> list[int]:
        with faulty({"429": 0.2, "503": 0.1}, seed=seed) as server:
            return [ask(server, PATH).status_code for _ in range(100)]

    first = statuses(seed=1)
    assert statuses(seed=1) == first
    assert statuses(seed=2) != first
    assert 10 <= first.count(429) <= 32
    assert 3 <= first.count(503) <= 20
    assert first.count(200) == 100 - first.count(429) - first.count(503)


def test_a_server_can_go_down_at_a_given_call(faulty, ask):
    with faulty({}, fail_after=3) as server:
        statuses = [ask(server, PATH).status_code for _ in range(5)]
    assert statuses == [200, 200, 502, 502, 502]


def test_rates_are_read_from_texts():
    assert parse_faults([]) == {}
    assert parse_faults(["429=0.05", "cut=0", "timeout=.5"]) == {
        "429": 0.05,
        "cut": 0.0,
        "timeout": 0.5,
    }
    assert parse_faults([f"{kind}=0.1" for kind in KINDS]).keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("specs", "message"),
    [
        (["500=0.1"], "fault '500=0.1': give KIND=RATE, each of 429, 502"),
        (["429=0.1", "429=0.2"], "fault '429=0.2': give KIND=RATE"),
        (["429"], "fault '429': the rate is a number from 0 to 1"),
        (["429=often"], "fault '429=often': the rate is a number from 0 to 1"),
        (["429=5"], "fault '429=5': the rate is a number from 0 to 1"),
        (["429=nan"], "fault '429=nan': the rate is a number from 0 to 1"),
        (["429=0.7", "502=0.4"], "the rates of all faults together are 1.1, above 1"),
    ],
)
def test_a_bad_spec_is_refused_with_what_to_give(specs, message):
    with pytest.raises(ValueError, match=message):
        parse_faults(specs)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-08", date(2026, 1, 8)),
        ("0", date(2026, 1, 1)),
        ("7", date(2026, 1, 8)),
        ("-1", date(2025, 12, 31)),
    ],
)
def test_a_day_is_a_date_or_a_number_of_days(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30", "1.5"])
def test_a_day_that_is_none_is_refused_with_what_to_give(text):
    with pytest.raises(ValueError, match="give a date such as 2026-01-08"):
        parse_day(text)
