"""The client over real HTTP, against a simulator that fails as France Travail does."""

import logging
import traceback
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest
from odd_servers import answer, server_that
from walked import SEARCH, SECRET, StoppedClock, source_of

from core.errors import KeysRefused, SettingsError
from ingest.france_travail.client import FranceTravailClient
from ingest.france_travail.search import FranceTravailSearch
from ingest.france_travail.source import FranceTravail, account_of
from ingest.france_travail.walk import Walk
from ingest.http import Patience
from ingest.simulator.faults import FaultPlan
from ingest.simulator.france_travail import FranceTravailServer, offers_on
from ingest.source import CallFailed, Question

DAY = date(2026, 1, 8)
ADS = offers_on(DAY, 400, seed=2)
ONE_AD = b'{"resultats": [{"id": "1"}]}'
FIRST = Walk((None,)).question(SEARCH)


def simulator(**settings) -> FranceTravailServer:
    return FranceTravailServer(ADS, today=DAY, client_secret=SECRET, **settings)


def asked_of(address: str, question: Question = FIRST, **settings):
    keys = {"client_id": "me", "client_secret": SECRET} | settings
    client = FranceTravailClient(address, f"{address}/token", **keys)
    return client.fetch("france", question)


def page(number: int) -> Question:
    return Walk((None,), start=150 * (number - 1)).question(SEARCH)


def test_pages_are_150_ads_with_the_count_of_all():
    with simulator() as server:
        source = source_of(server)
        pages = [source.fetch(SEARCH, page(number)) for number in (1, 2, 3, 4)]
    assert [len(each.ads) for each in pages] == [150, 150, 100, 0]
    assert [each.status for each in pages] == [206, 206, 206, 204]
    assert {each.reported_count for each in pages} == {400}
    created = [ad["dateCreation"] for ad in pages[0].ads if isinstance(ad, dict)]
    assert created == sorted(created, reverse=True)


def test_the_source_s_own_clock_comes_with_each_answer():
    with simulator() as server:
        response = source_of(server).fetch(SEARCH, FIRST)
    assert response.source_now == datetime(2026, 1, 8, 0, 30, tzinfo=UTC)


def test_a_search_is_narrowed_by_its_parameters():
    brittany = FranceTravailSearch(
        name="bretagne", source="france_travail", region="53", tempsPlein=True
    )
    with simulator() as server:
        response = source_of(server).fetch(brittany, Walk((None,)).question(brittany))
    places = {ad["lieuTravail"]["libelle"][:2] for ad in response.ads}
    assert places
    assert places <= {"22", "29", "35", "56"}
    assert {ad["dureeTravailLibelleConverti"] for ad in response.ads} == {"Temps plein"}


@pytest.mark.parametrize(
    ("kind", "status", "is_refusal", "has_body"),
    [
        ("429", 429, True, False),
        ("502", 502, False, False),
        ("503", 503, False, False),
        ("cut", 206, False, True),
        ("html", 200, False, True),
    ],
)
def test_a_fault_that_may_pass_is_one_call_that_failed(kind, status, is_refusal, has_body):
    with simulator(faults=FaultPlan({kind: 1.0}, retry_after=17)) as server:
        with pytest.raises(CallFailed) as caught:
            source_of(server).fetch(SEARCH, FIRST)
    fault = caught.value
    assert (fault.status, fault.is_refusal) == (status, is_refusal)
    assert fault.wait == (17 if kind == "429" else None)
    assert (fault.body is not None) == has_body


def test_an_answer_that_is_held_back_is_not_waited_for():
    with simulator(faults=FaultPlan({"timeout": 1.0})) as server:
        client = FranceTravailClient(
            server.base_url, server.token_url, "simulator", SECRET, patience=Patience(5, 0.2)
        )
        with pytest.raises(CallFailed, match="no answer in time"):
            client.fetch("france", FIRST)


def test_calls_that_come_too_fast_are_refused_with_the_wait_they_need():
    with simulator(calls_per_second=2) as server:
        source = source_of(server)
        source.fetch(SEARCH, FIRST)
        source.fetch(SEARCH, FIRST)
        with pytest.raises(CallFailed) as caught:
            source.fetch(SEARCH, FIRST)
    assert (caught.value.is_refusal, caught.value.wait) == (True, 1)


def test_a_wait_may_be_asked_for_as_a_date():
    now = datetime.now(UTC)
    dates = {"Date": now, "Retry_After": now + timedelta(seconds=60)}
    headers = {name: format_datetime(moment, usegmt=True) for name, moment in dates.items()}

    def busy(handler):
        handler.date_time_string = lambda: headers["Date"]
        answer(503, Retry_After=headers["Retry_After"])(handler)

    with server_that(busy) as address, pytest.raises(CallFailed) as caught:
        asked_of(address)
    assert caught.value.wait == 60


class Steady:
    """Seconds that pass when told to."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_one_token_serves_many_calls():
    tokens = []

    def counted(handler):
        tokens.append(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
        assert handler.path == "/token?realm=%2Fpartenaire"
        answer(200, b'{"access_token": "abc", "expires_in": 1499}')(handler)

    def search(handler):
        assert handler.headers["Authorization"] == "Bearer abc"
        answer(200, ONE_AD)(handler)

    with server_that(search, gives_token=counted) as address:
        client = FranceTravailClient(address, f"{address}/token", "me", "s3cret")
        for _ in range(3):
            assert client.fetch("france", FIRST).ads == [{"id": "1"}]
    assert tokens == [
        "grant_type=client_credentials&scope=api_offresdemploiv2+o2dsoffre"
        "&client_id=me&client_secret=s3cret"
    ]


def test_a_token_that_ended_before_its_time_is_renewed():
    steady = Steady()
    with simulator(steady=steady) as server:
        source = source_of(server)
        source.fetch(SEARCH, FIRST)
        steady.seconds = 1_501
        assert len(source.fetch(SEARCH, FIRST).ads) == 150


def test_a_token_is_renewed_before_it_ends():
    given = []

    def short_lived(handler):
        given.append(handler)
        answer(200, b'{"access_token": "abc", "expires_in": 59}')(handler)

    with server_that(answer(200, ONE_AD), gives_token=short_lived) as address:
        client = FranceTravailClient(address, f"{address}/token", "me", SECRET)
        client.fetch("france", FIRST)
        client.fetch("france", FIRST)
    assert len(given) == 2


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_is_never_accepted_ends_in_refused_keys(status):
    asked = []

    def refuses(handler):
        asked.append(handler)
        answer(status)(handler)

    with server_that(refuses) as address, pytest.raises(KeysRefused, match="FRANCE_TRAVAIL_CLIENT"):
        asked_of(address)
    assert len(asked) == (2 if status == 401 else 1)


def test_wrong_keys_are_told_at_once():
    with simulator() as server, pytest.raises(KeysRefused, match="FRANCE_TRAVAIL_CLIENT_SECRET"):
        source_of(server, client_secret="wrong").fetch(SEARCH, FIRST)


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (answer(503, Retry_After="7"), CallFailed),
        (answer(429), CallFailed),
        (answer(200, b"<html>"), CallFailed),
        (answer(200, b"[]"), CallFailed),
        (answer(200, b'{"access_token": null}'), CallFailed),
        (answer(404), SettingsError),
    ],
)
def test_a_token_that_is_not_given_is_told_as_such(token, error):
    with server_that(answer(200, ONE_AD), gives_token=token) as address:
        with pytest.raises(error, match=r"(?i)no token") as caught:
            asked_of(address)
    # what the token endpoint said may hold a token: it is not kept
    assert getattr(caught.value, "body", None) is None


def test_a_query_that_the_api_does_not_accept_is_told_in_its_own_words():
    outside = Walk((None,), start=3_150).question(SEARCH)
    with simulator() as server, pytest.raises(SettingsError, match="france .*3000"):
        source_of(server).fetch(SEARCH, outside)


def test_one_date_without_the_other_is_refused():
    half = Question({"minCreationDate": "2026-01-01T00:00:00Z"}, 1, {})
    with simulator() as server, pytest.raises(SettingsError, match="vont ensemble"):
        source_of(server).fetch(SEARCH, half)


def test_dates_and_lists_of_codes_travel_as_they_are_written():
    asked = []

    def noted(handler):
        asked.append(handler.path)
        answer(204)(handler)

    dated = {"departement": "75,2A", "maxCreationDate": "2026-01-02T00:00:00Z", "motsCles": "bébé"}
    with server_that(noted) as address:
        asked_of(address, Question(dated, 1, {}))
    assert asked[0].endswith(
        "/search?departement=75,2A&maxCreationDate=2026-01-02T00:00:00Z&motsCles=b%C3%A9b%C3%A9"
    )


def test_all_in_one_answer_may_come_without_a_count():
    with server_that(answer(200, ONE_AD)) as address:
        assert asked_of(address).reported_count == 1
        assert asked_of(address, page(3)).reported_count == 301


def test_an_empty_answer_says_nothing_of_a_count():
    with server_that(answer(204)) as address:
        response = asked_of(address)
    assert (response.ads, response.reported_count, response.status) == ([], None, 204)


def test_what_cannot_be_stored_is_replaced_and_its_bytes_kept():
    body = b'{"resultats": [{"id": "1", "intitule": "a\\u0000b"}]}'
    with server_that(answer(200, body)) as address:
        response = asked_of(address)
    assert response.ads == [{"id": "1", "intitule": "a\ufffdb"}]
    assert response.replaced == body


@pytest.mark.parametrize("body", [b"", b"[]", b'{"resultats": {}}', b'{"resultats": ['])
def test_what_is_no_search_answer_is_kept_as_it_came(body):
    with server_that(answer(206, body)) as address, pytest.raises(CallFailed) as caught:
        asked_of(address)
    assert caught.value.body == body


def test_a_server_that_is_not_there_is_a_fault_that_may_pass():
    with server_that(answer(200)) as address:
        pass
    with pytest.raises(CallFailed, match="no connection"):
        asked_of(address)


def test_accounts_are_told_apart_and_their_keys_not_told():
    assert account_of("me", "one") == account_of("me", "one")
    assert len({account_of("me", "one"), account_of("me", "two"), account_of("you", "one")}) == 3
    assert "me" not in account_of("me", "one")


FAULTS = [
    answer(401), answer(400, b'{"message": "non"}'), answer(500), answer(206, b"{"), answer(302),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["search", "token", "gone"])
def test_no_key_and_no_token_in_any_error_or_log(kind, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    shown = []
    for fault in FAULTS:
        other = answer(200, b'{"access_token": "t0ken"}')
        tokens, searches = (fault, answer(200)) if kind == "token" else (other, fault)
        with server_that(searches, gives_token=tokens) as address:
            source = FranceTravail(
                address, f"{address}/token", "my-id", SECRET, clock=StoppedClock()
            )
            if kind != "gone":
                shown.append(_what_is_shown(source))
        if kind == "gone":
            shown.append(_what_is_shown(source))
    captured = capfd.readouterr()
    everything = "".join([*shown, captured.out, captured.err, caplog.text])
    assert len(shown) == len(FAULTS)
    for secret in (SECRET, "t0ken", "my-id"):
        assert secret not in everything


def _what_is_shown(source: FranceTravail) -> str:
    """The error with all that hangs on it, as a log with locals off would print it."""
    with pytest.raises((CallFailed, KeysRefused, SettingsError)) as caught:
        source.fetch(SEARCH, FIRST)
    error = caught.value
    assert error.__context__ is None or error.__suppress_context__
    return "".join(traceback.format_exception(error)) + repr(vars(error)) + source.account
