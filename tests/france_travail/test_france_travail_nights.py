"""Whole nights: the collector, the ledger and the landing over the simulator."""

from contextlib import contextmanager
from datetime import date

import pytest
from nights import FastClock, Nights, at_night
from walked import SECRET, ids

from core.database import transaction
from core.errors import SettingsError
from core.settings import Settings
from ingest.france_travail.opening import opened
from ingest.france_travail.search import FranceTravailSearch
from ingest.france_travail.source import FranceTravail
from ingest.simulator.faults import FaultPlan
from ingest.simulator.france_travail import FranceTravailServer, offers_on

DAY = date(2026, 1, 8)
CEILING = 450
SEARCH = FranceTravailSearch(name="toute-la-france", source="france_travail")
FAULTS = FaultPlan({"429": 0.03, "502": 0.03, "cut": 0.02, "html": 0.02}, retry_after=1)


@contextmanager
def france_travail(nights: Nights, ads: list, faults: FaultPlan | None = None):
    """The source as it stands on the clock's day; it shows few ads of a query."""
    today = nights.clock.now().date()
    with FranceTravailServer(
        ads,
        today=today,
        client_secret=SECRET,
        most_ads=CEILING,
        faults=faults or FaultPlan(),
    ) as server:
        yield FranceTravail(
            *(server.base_url, server.token_url, "simulator", SECRET),
            clock=nights.clock,
            limits=(),
            most_ads=CEILING,
        )


@pytest.fixture
def nights(database: str) -> Nights:
    return Nights(database, FastClock(at_night(DAY)))


def landed(connection) -> set[str]:
    """Ids; what is no object is known by its text."""
    with transaction(connection) as cursor:
        cursor.execute(
            "select coalesce(ad_id, payload #>> '{}') from raw.france_travail_ads"
            " where source = 'france_travail'"
        )
        return {ad_id for (ad_id,) in cursor.fetchall()}


@pytest.mark.parametrize("faults", [None, FAULTS], ids=["all is well", "one call in ten fails"])
def test_a_sweep_then_news_then_a_sweep_again(nights, connection, faults):
    first = offers_on(DAY, 1_200, seed=5)
    with france_travail(nights, first, faults) as source:
        counts = nights.collect(source, [SEARCH])
    assert landed(connection) == ids(first)
    assert counts.inserted == len(ids(first))

    second = offers_on(nights.next_night(), 1_200, seed=5)
    with france_travail(nights, second, faults) as source:
        nights.collect(source, [SEARCH])
    # an ad that comes back after a pause has its old date: no news, but the sweep finds it
    new = [ad for ad in second if isinstance(ad, dict) and ad["dateCreation"] > "2026-01-08"]
    assert len(new) > 20
    assert ids(new) <= landed(connection)

    for _ in range(SEARCH.sweep_every_days):
        day = nights.next_night()
    third = offers_on(day, 1_200, seed=5)
    with france_travail(nights, third, faults) as source:
        nights.collect(source, [SEARCH])
    assert ids(third) <= landed(connection)


def test_the_second_night_spends_few_calls_and_a_renewed_ad_is_not_written_again(
    nights, connection
):
    with france_travail(nights, offers_on(DAY, 1_200, seed=5)) as source:
        first = nights.collect(source, [SEARCH])
    with france_travail(nights, offers_on(nights.next_night(), 1_200, seed=5)) as source:
        second = nights.collect(source, [SEARCH])
    assert second.calls <= 3 < first.calls
    assert second.updated < 10


def test_no_key_and_no_token_lies_in_the_database(nights, connection):
    with france_travail(nights, offers_on(DAY, 200, seed=5), FAULTS) as source:
        nights.collect(source, [SEARCH])
    with transaction(connection) as cursor:
        cursor.execute(
            "select string_agg(requests::text, '') from raw.requests"
            " union all select string_agg(searches::text, '') from raw.searches"
        )
        told = "".join(text for (text,) in cursor.fetchall())
    assert "toute-la-france" in told
    assert SECRET not in told
    assert "Bearer" not in told


def test_without_keys_the_ads_come_from_the_simulator_and_it_is_said(nights):
    told = []
    settings = Settings(_env_file=None, simulator_ads=100)
    with opened(settings, nights.clock, DAY, told.append) as source:
        question = next(source.sweep(SEARCH, None))
        assert len(source.fetch(SEARCH, question).ads) == 100
    assert "FRANCE_TRAVAIL_CLIENT_ID" in told[0]


def test_one_key_without_the_other_is_told(nights):
    settings = Settings(_env_file=None, france_travail_client_id="me")
    with pytest.raises(SettingsError, match="needs both keys"):
        with opened(settings, nights.clock, DAY, print):
            pass
