"""Batches over generated ads, day by day."""

from datetime import date, timedelta

import pytest

from core.errors import DbtFailed
from ingest.simulator import ads_on
from pipeline.dbt import Dbt
from pipeline.stages import enrich

DAY = date(2026, 1, 8)
ADS = 300


def ads_of(days_later: int) -> list:
    return ads_on(DAY + timedelta(days=days_later), ADS, seed=3)


def test_the_same_ads_again_change_nothing(house):
    first = house.collect_from(ads_of(0), DAY)
    law = house.law(first)
    assert law["collected"] == ADS
    assert law["inserted"] + law["quarantined"] == ADS
    assert law["quarantined"] == house.value("select count(*) from marts.quarantined_ads")
    assert law["inserted"] == house.value("select count(*) from marts.jobs")
    marts, model = house.marts(), house.model()

    again = house.collect_from(ads_of(0), DAY)
    assert again.batch_id == first.batch_id + 1
    law = house.law(again)
    assert (law["inserted"], law["updated"], law["vanished"]) == (0, 0, 0)
    assert house.marts() == marts
    assert house.model() == model

    assert house.collect_from([], DAY, once=True).batch_id == again.batch_id


def test_incremental_batches_end_as_a_build_from_nothing(house):
    for days_later in range(4):
        batch = house.collect_from(ads_of(days_later), DAY + timedelta(days=days_later))
    laws = house.law(batch)
    assert laws["inserted"] > 0
    assert laws["unchanged"] > 0
    assert laws["vanished"] > 0
    # keys are given in the order of arrival and batches name the last change: both are history
    history = ("batch_id", "job_key", "company_key", "location_key")
    incremental = house.marts(without=history)

    build_from_nothing(house)
    rebuilt = house.marts(schema="marts_next", without=history)
    assert {mart for mart in rebuilt if rebuilt[mart] != incremental[mart]} == set()


def build_from_nothing(house) -> None:
    for schema in ("intermediate", "marts_next"):
        house.query(f"drop schema {schema} cascade; create schema {schema}")
    Dbt(house.database_url, house.folder / "dbt").build(select=["jobdash"])


def test_a_broken_mart_is_never_shown_and_the_repaired_batch_goes_on(house):
    for days_later in (0, 1):
        house.collect_from(ads_of(days_later), DAY + timedelta(days=days_later))
    marts, model = house.marts(), house.model()
    house.query("insert into marts_next.job_skills values (999999, 1, 3)")

    with pytest.raises(DbtFailed, match="relationships_job_skills_job_key"):
        house.collect_from(ads_of(2), DAY + timedelta(days=2))
    assert house.marts() == marts
    assert house.model() == model
    assert house.value("select batch_id from ops.publication") == 2
    stage, status, error = house.query(
        "select stage, status, error from ops.batch_runs order by run_id desc limit 1"
    )[0]
    assert (stage, status) == (enrich.__name__, "failed")
    assert "relationships_job_skills_job_key" in error

    house.query("delete from marts_next.job_skills where job_key = 999999")
    batch = house.collect_from(ads_of(2), DAY + timedelta(days=2))
    assert batch.batch_id == 3
    assert house.value("select batch_id from ops.publication") == 3
    assert house.marts() != marts
