"""The client over real HTTP, against a simulator that fails as Adzuna does."""

import logging
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from core.errors import KeysRefused, SettingsError, SourceDown
from ingest.adzuna.client import ATTEMPTS, AdzunaClient, Call, PageUnreadable
from ingest.searches import Search
from ingest.simulator import FaultPlan, SimulatorServer, ads_on

DAY = date(2026, 1, 8)
ADS = ads_on(DAY, 120, seed=2)
FRANCE = Search(name="france", country="fr", sort_by="date")
KEY = "a-key-that-no-one-may-see"


class Told:
    """What a client reported: calls that failed, and seconds that it waited instead of sleeping."""

    def __init__(self) -> None:
        self.failed: list[Call] = []
        self.waits: list[float] = []


@contextmanager
def client_of(faults: FaultPlan | None = None, app_key: str = KEY, **settings):
    told = Told()
    with SimulatorServer(ADS, today=DAY, app_key=KEY, faults=faults or FaultPlan()) as simulator:
        yield client(simulator.base_url, told, app_key, **settings), told


def client(base_url: str, told: Told, app_key: str = KEY, **settings) -> AdzunaClient:
    return AdzunaClient(
        base_url,
        "simulator",
        app_key,
        on_failed_call=told.failed.append,
        sleep=told.waits.append,
        **settings,
    )


@contextmanager
def server_that(answers: Callable[[BaseHTTPRequestHandler], None]):
    """A server of one answer, for what the simulator does not do."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/api"
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_is_fifty_ads_with_its_call():
    with client_of() as (adzuna, told):
        page = adzuna.page(FRANCE, 1)
    assert len(page.ads) == 50
    assert abs(page.reported_count - 120) <= 5
    assert (page.call.outcome, page.call.status, page.call.ads) == ("landed", 200, 50)
    assert page.call.query == {"sort_by": "date", "results_per_page": 50}
    assert told.failed == told.waits == []


@pytest.mark.parametrize("kind", ["429", "502", "503", "cut", "html"])
def test_what_may_pass_is_tried_again(kind):
    # which calls fail hangs on the simulator's seed: of these ten pages some, and none five times
    with client_of(FaultPlan({kind: 0.3})) as (adzuna, told):
        pages = [adzuna.page(FRANCE, 1) for _ in range(10)]
    assert [len(page.ads) for page in pages] == [50] * 10
    assert len(told.failed) == len(told.waits) > 0
    assert {call.outcome for call in told.failed} == {"failed"}


def test_the_wait_that_a_429_asks_for_is_kept():
    with client_of(FaultPlan({"429": 1.0}, retry_after=17)) as (adzuna, told):
        with pytest.raises(SourceDown, match="status 429"):
            adzuna.page(FRANCE, 1)
    assert told.waits == [17] * (ATTEMPTS - 1)
    assert [call.status for call in told.failed] == [429] * ATTEMPTS


def test_a_wait_may_be_asked_for_as_a_date():
    def in_a_minute(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(503)
        moment = datetime.now(UTC) + timedelta(seconds=60)
        handler.send_header("Retry-After", format_datetime(moment, usegmt=True))
        handler.end_headers()

    told = Told()
    with server_that(in_a_minute) as base_url, pytest.raises(SourceDown):
        client(base_url, told).page(FRANCE, 1)
    assert all(50 < wait <= 60 for wait in told.waits)


def test_a_wait_of_an_hour_ends_the_stage_at_once():
    with client_of(FaultPlan({"429": 1.0}, retry_after=3600)) as (adzuna, told):
        with pytest.raises(SourceDown, match="3600 s"):
            adzuna.page(FRANCE, 1)
    assert told.waits == []
    assert len(told.failed) == 1


def test_waits_grow_and_differ():
    with client_of(FaultPlan({"502": 1.0}), first_wait=1.0) as (adzuna, told):
        for _ in range(2):
            with pytest.raises(SourceDown, match="status 502"):
                adzuna.page(FRANCE, 1)
    first, second = told.waits[: ATTEMPTS - 1], told.waits[ATTEMPTS - 1 :]
    for number, wait in enumerate(first):
        assert 2**number <= wait <= 2**number + 1
    assert first != second


def test_no_answer_in_time_is_tried_again_and_told():
    faults = FaultPlan({"timeout": 1.0}, hold_seconds=30)
    with client_of(faults, timeout=(1.0, 0.1)) as (adzuna, told):
        with pytest.raises(SourceDown, match="no answer in time"):
            adzuna.page(FRANCE, 1)
    assert len(told.failed) == ATTEMPTS


def test_nobody_there():
    told = Told()
    with pytest.raises(SourceDown, match="no connection"):
        client("http://127.0.0.1:1/v1/api", told).page(FRANCE, 1)
    assert len(told.failed) == ATTEMPTS


def test_a_200_that_stays_unreadable_can_be_passed_over():
    with client_of(FaultPlan({"html": 1.0})) as (adzuna, told):
        with pytest.raises(PageUnreadable, match="no JSON"):
            adzuna.page(FRANCE, 1)
    assert [call.status for call in told.failed] == [200] * ATTEMPTS


@pytest.mark.parametrize("body", [b"[]", b'{"results": 3}', b'{"count": 3}', b"null"])
def test_json_that_is_no_search_answer_is_unreadable(body):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(body)

    with server_that(answer) as base_url, pytest.raises(PageUnreadable, match="no search answer"):
        client(base_url, Told()).page(FRANCE, 1)


def test_refused_keys_are_not_tried_again():
    with client_of(app_key="another") as (adzuna, told), pytest.raises(KeysRefused, match="401"):
        adzuna.page(FRANCE, 1)
    assert told.waits == []
    assert len(told.failed) == 1


def test_a_country_that_adzuna_does_not_have_is_a_matter_of_settings():
    nowhere = Search(name="nowhere", country="zz")
    with client_of() as (adzuna, told), pytest.raises(SettingsError, match="nowhere"):
        adzuna.page(nowhere, 1)
    assert told.waits == []


def test_calls_keep_their_distance():
    with client_of(pause=2.4) as (adzuna, told):
        for number in (1, 2, 3):
            adzuna.page(FRANCE, number)
    assert len(told.waits) == 2
    assert all(2.0 < wait <= 2.4 for wait in told.waits)


@pytest.mark.parametrize(
    "faults",
    [
        FaultPlan({"502": 1.0}),
        FaultPlan({"html": 1.0}),
        FaultPlan({"timeout": 1.0}, hold_seconds=30),
        None,
    ],
)
def test_the_key_is_in_no_error_no_log_and_no_call(caplog, faults):
    caplog.set_level(logging.DEBUG)
    with client_of(faults, timeout=(1.0, 0.1)) as (adzuna, told):
        country = "fr" if faults else "zz"
        with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever is raised
            adzuna.page(Search(name="any", country=country), 1)
        told_calls = repr(told.failed)
    everything = "".join(traceback.format_exception(caught.value)) + told_calls + caplog.text
    chain = caught.value
    while chain:
        everything += repr(chain) + repr(chain.args)
        chain = chain.__cause__ or chain.__context__
    assert KEY not in everything
