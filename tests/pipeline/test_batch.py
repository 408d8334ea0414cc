"""Batches over generated ads, day by day."""

from datetime import date, timedelta

import pytest
from houses import build_from_nothing, but_for_stays

from core.errors import DbtFailed, SourceDown
from ingest.simulator import FaultPlan, SimulatorServer, ads_on
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
    house.query("comment on table staging.regions is 'what another file had'")
    loaded = files_of_seeds(house)

    again = house.collect_from(ads_of(0), DAY)
    assert again.batch_id == first.batch_id + 1
    assert {seed for seed, file in files_of_seeds(house).items() if file != loaded[seed]} == {
        "regions"
    }
    law = house.law(again)
    assert (law["inserted"], law["updated"], law["vanished"]) == (0, 0, 0)
    assert but_for_stays(house.marts()) == but_for_stays(marts)
    assert house.model() == model

    assert house.collect_from([], DAY, once=True).batch_id == again.batch_id


def files_of_seeds(house) -> dict[str, int]:
    """PostgreSQL gives a table another file when it is loaded again."""
    return dict(
        house.query(
            "select relname, pg_relation_filenode(oid) from pg_class"
            " where relnamespace = 'staging'::regnamespace and relkind = 'r'"
        )
    )


def test_a_model_whose_files_were_damaged_is_built_again(house):
    house.collect_from(ads_of(0), DAY)
    (file,) = house.folder.glob("models/tfidf/*/matrix.joblib")
    file.write_bytes(b"not what was written")
    house.collect_from(ads_of(0), DAY)
    assert house.model()[0] == "tfidf_v20260108.2"


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


def test_after_a_rule_was_changed_neither_generation_keeps_what_the_old_rule_said(house):
    for days_later in (0, 1):
        house.collect_from(ads_of(days_later), DAY + timedelta(days=days_later))
    # an old rule's title in both generations, and intermediate models that were rebuilt since
    for schema in ("marts", "marts_next"):
        house.query(f"update {schema}.jobs set title = 'as the old rule read it'")
    house.query("drop schema intermediate cascade; create schema intermediate")
    for days_later in (2, 3):
        house.collect_from(ads_of(days_later), DAY + timedelta(days=days_later))
        old = "select count(*) from marts.jobs where title = 'as the old rule read it'"
        assert house.value(old) == 0


def test_when_the_ad_that_stands_for_a_posting_changes_another_takes_its_place(house):
    def ad(number: int, title: str) -> dict:
        return {
            "id": str(number),
            "title": title,
            "description": f"Nous cherchons une personne pour souder des cadres. {title}",
            "company": {"display_name": "Atelier Mercier"},
            "redirect_url": f"https://www.adzuna.fr/details/{number}",
            "created": f"2026-01-0{number}T08:00:00Z",  # a sweep reads the oldest first
        }

    days = [
        [ad(1, "Soudeur"), ad(2, "Soudeur")],
        [ad(1, "Soudeuse en chef"), ad(2, "Soudeur")],
        [ad(1, "Soudeuse en chef"), ad(2, "Soudeur")],
        [ad(1, "Soudeuse en chef"), ad(2, "Soudeur")],
    ]
    for days_later, ads in enumerate(days):
        house.collect_from(ads, DAY + timedelta(days=days_later))
        standing = house.query(
            "select source_ad_id from marts.jobs where is_canonical order by source_ad_id"
        )
        assert standing == ([("1",)] if days_later == 0 else [("1",), ("2",)])


def test_dbt_by_hand_while_a_batch_is_collected_loses_none_of_its_ads(house):
    with SimulatorServer(ads_of(0), today=DAY, faults=FaultPlan(fail_after=3)) as half_way:
        with pytest.raises(SourceDown):
            house.run(DAY, base_url=half_way.base_url)
    assert house.value("select count(*) from raw.sightings") == 100
    Dbt(house.database_url, house.folder / "dbt").build(select=["jobdash"])
    law = house.law(house.collect_from(ads_of(0), DAY))
    assert law["inserted"] == house.value("select count(*) from marts.jobs")
    assert law["inserted"] + law["quarantined"] == ADS


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
    for view in ("recent_jobs", "complete_jobs", "latest_batch_status"):
        assert house.value("select count(*) from marts." + view) >= 0

    house.query("delete from marts_next.job_skills where job_key = 999999")
    batch = house.collect_from(ads_of(2), DAY + timedelta(days=2))
    assert batch.batch_id == 3
    assert house.value("select batch_id from ops.publication") == 3
    assert house.marts() != marts
