"""A batch after a month was archived ends as it would have ended without."""

from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from archive.months import JANUARY
from databases import new_database
from nights import FastClock, Nights, at_night

from core.batches import Batch
from core.database import connect, transaction
from ingest.archive.store import open_store
from ingest.archive.write import archive_month
from ingest.simulator import ads_on
from pipeline.law import count_law

DAY = date(2026, 1, 8)
MAY = date(2026, 5, 8)

# dbt is not asked which ads it would put there: every seventh.
QUARANTINE = (
    "create table marts_next.quarantined_ads as"
    " select ad_key as raw_ad_key from raw.ads where ad_key % 7 = 0"
)
PUBLISH = "update ops.batches set status = 'published'"


def collect(nights: Nights, night: date, ads_of: date) -> dict:
    nights.clock.moment = at_night(night)
    with nights.adzuna(ads_on(ads_of, 300, seed=1)) as adzuna:
        return asdict(nights.collect(adzuna))


def after_four_months(dsn: str, archive_to: Path | None) -> tuple[dict, object]:
    """What the last of three batches counts, and its law."""
    nights = Nights(dsn, FastClock(at_night(DAY)))
    with closing(connect(dsn)) as connection:
        collect(nights, DAY, ads_of=DAY)
        with transaction(connection) as cursor:
            cursor.execute(QUARANTINE)
            cursor.execute(PUBLISH)
        collect(nights, MAY, ads_of=DAY + timedelta(days=1))
        with transaction(connection) as cursor:
            cursor.execute(PUBLISH)
        if archive_to:
            archive_month(connection, open_store(archive_to), JANUARY, lambda table, rows: None)
        counts = collect(nights, MAY + timedelta(days=8), ads_of=DAY + timedelta(days=2))
        return counts, count_law(connection, Batch(3, MAY))


@pytest.fixture
def endings(database, server_dsn, template_database, tmp_path) -> tuple:
    """Of a database that kept January, and of one that archived it."""
    with new_database(server_dsn, template=template_database) as another:
        return after_four_months(database, None), after_four_months(another, tmp_path)


def test_collecting_knows_the_ads_of_an_archived_month(endings):
    (kept, _), (archived, _) = endings
    assert kept["unchanged"] > 200
    assert kept["inserted"] > 0
    assert archived == kept


def test_the_law_is_the_same(endings):
    (_, kept), (_, archived) = endings
    assert kept.quarantined > 20
    assert archived == kept
