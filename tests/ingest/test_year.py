"""A month of nights in small: what `bench/simulated_year.py` shows of a year, as tests.

Four searches over 600 ads, swept as often as their calls allow; the same month with faults on one call
in ten; everything judged by the simulator's own counts, log and diary.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from databases import new_database
from year.figures import ads_in_raw, lives, share_in_time
from year.lives import Verdict
from year.year import Year

from core.database import connect, transaction
from ingest.adzuna.search import AdzunaSearch

NIGHTS, ADS, SEED = 30, 600, 5
SEARCHES = [
    AdzunaSearch(name="computing", country="fr", category="it-jobs", sweep_every_days=1),
    AdzunaSearch(name="full-time", country="fr", full_time=1, sweep_every_days=3),
    AdzunaSearch(name="Bretagne", country="fr", where="Bretagne"),
    AdzunaSearch(name="Lyon", country="fr", where="Lyon"),
]
QUIET, FAULTY = "quiet", "faulty"


@pytest.fixture(scope="module")
def databases(server_dsn: str, template_database: str) -> Iterator[dict[str, str]]:
    with (
        new_database(server_dsn, template=template_database) as quiet,
        new_database(server_dsn, template=template_database) as faulty,
    ):
        yield {QUIET: quiet, FAULTY: faulty}


@pytest.fixture(scope="module")
def year(databases: dict[str, str]) -> Iterator[Year]:
    with Year(date(2026, 1, 1), ADS, SEED, SEARCHES) as year:
        year.add_ours(QUIET, databases[QUIET])
        year.add_ours(FAULTY, databases[FAULTY], faults=0.1)
        assert len(list(year.nights(NIGHTS))) == NIGHTS
        yield year


@pytest.mark.parametrize("name", [QUIET, FAULTY])
def test_no_limit_is_ever_met(year, name):
    meter = year.rivals[name].server.meter
    assert meter.calls > 4 * NIGHTS
    assert meter.refused == 0
    assert meter.highest["60 seconds"] <= 25
    assert meter.highest["24 hours"] <= 250


@pytest.mark.parametrize("name", [QUIET, FAULTY])
def test_every_new_ad_is_found_in_its_first_night(year, name):
    assert len(year.watch.newcomers) > 100
    assert share_in_time(year, year.rivals[name]) == 1


def test_faults_lose_no_ad(year, databases):
    with closing(connect(databases[FAULTY])) as connection, transaction(connection) as cursor:
        cursor.execute("select count(*) from raw.requests where outcome = 'failed'")
        assert cursor.fetchone()[0] > 0.05 * year.rivals[FAULTY].server.meter.calls
    assert ads_in_raw(databases[FAULTY]) == ads_in_raw(databases[QUIET])
    assert len(year.watch.stock | year.watch.newcomers.keys()) == len(ads_in_raw(databases[QUIET]))


@pytest.mark.parametrize(("name", "with_dbt"), [(QUIET, False), (FAULTY, True)])
def test_every_life_agrees_with_the_diary(year, databases, name, with_dbt):
    verdicts = lives(year, year.rivals[name], databases[name], with_dbt=with_dbt)
    for what, least in {
        "first seen": 200,
        "stays by the rule": 200,
        "changes": 30,
        "what changed": 30,
        "vanished while it was away or gone": 50,
        "closed after its last day": 50,
        "closed by the second sweep after it went": 50,
        "returned after days away": 1,
    }.items():
        assert verdicts[what].looked_at >= least, what
    wrong = {what: verdict for what, verdict in verdicts.items() if not is_right(verdict)}
    assert not wrong, wrong


def is_right(verdict: Verdict) -> bool:
    return verdict.right == verdict.looked_at
