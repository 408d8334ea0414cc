"""dbt while months of `raw` are archived: nights go on, and nothing is built without them."""

import pytest
from archive.months import FEBRUARY, JANUARY, fill

from core.database import transaction
from ingest.archive.restore import restore_month
from ingest.archive.store import open_store
from ingest.archive.write import archive_month

MODEL = "quarantined_ads"  # no ad of these months is a whole one
MAY = FEBRUARY.replace(month=5)


def unheard(table: str, rows: int) -> None:
    pass


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "store")


def rows(connection) -> int:
    with transaction(connection) as cursor:
        cursor.execute(f"select count(*) from marts_next.{MODEL}")
        return cursor.fetchone()[0]


def test_nights_go_on_without_a_month_and_what_needs_it_waits_for_it(dbt, connection, store):
    fill(connection, JANUARY, batch=1)
    fill(connection, FEBRUARY, batch=2)
    dbt("run", "--select", f"+{MODEL}")
    archive_month(connection, store, JANUARY, unheard)

    fill(connection, MAY, batch=3, rows=5)
    dbt("run", "--select", MODEL)
    assert rows(connection) == 105

    output = dbt("run", "--full-refresh", "--select", MODEL, succeeds=False)
    assert f"Months of raw ads are archived, and {MODEL} would be built without them" in output
    assert "jobdash archive --restore 2026-01" in output
    assert rows(connection) == 105

    with transaction(connection) as cursor:
        cursor.execute(f"drop table marts_next.{MODEL}")
    output = dbt("run", "--select", MODEL, succeeds=False)
    assert f"{MODEL} would be built without them" in output

    restore_month(connection, store, JANUARY, unheard)
    dbt("run", "--full-refresh", "--select", MODEL)
    assert rows(connection) == 105
