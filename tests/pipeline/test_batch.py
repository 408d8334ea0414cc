"""Batches over generated ads, day by day."""

from datetime import timedelta

import pytest
from generated import ADS, DAY, ads_of
from houses import but_for_stays

from core.batches import Batch
from core.errors import DbtFailed, SourceDown
from ingest.simulator import FaultPlan, SimulatorServer
from pipeline.dbt import Dbt
from pipeline.stages import enrich


def test_the_same_ads_again_change_nothing(published):
    house, first = published, Batch(1, DAY)
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


def test_a_model_whose_files_were_damaged_is_built_again(published):
    (file,) = published.folder.glob("models/tfidf/*/matrix.joblib")
    file.write_bytes(b"not what was written")
    published.collect_from(ads_of(0), DAY)
    assert published.model()[0] == "tfidf_v20260108.2"


def test_after_a_rule_was_changed_neither_generation_keeps_what_the_old_rule_said(published):
    house = published
    house.collect_from(ads_of(1), DAY + timedelta(days=1))
    # an old rule's title in both generations, and intermediate models that were rebuilt since
    for schema in ("marts", "marts_next"):
        house.query(f"update {schema}.jobs set title = 'as the old rule read it'")
    house.query("drop schema intermediate cascade; create schema intermediate")
    for days_later in (2, 3):
        house.collect_from(ads_of(days_later), DAY + timedelta(days=days_later))
        old = "select count(*) from marts.jobs where title = 'as the old rule read it'"
        assert house.value(old) == 0


def test_an_earlier_date_after_a_later_one_is_published_and_no_day_goes_back(published):
    published.collect_from(ads_of(2), DAY + timedelta(days=2))
    earlier = published.collect_from(ads_of(1), DAY + timedelta(days=1))
    assert published.value("select batch_id from ops.publication") == earlier.batch_id
    seen = "select distinct last_seen_date from marts.job_stays where batch_id = %s"
    assert published.query(seen, earlier.batch_id) == [(DAY + timedelta(days=2),)]


def test_dbt_by_hand_while_a_batch_is_collected_loses_none_of_its_ads(house):
    with SimulatorServer(ads_of(0), today=DAY, faults=FaultPlan(fail_after=3)) as half_way:
        with pytest.raises(SourceDown):
            house.run(DAY, base_url=half_way.base_url)
    assert house.value("select count(*) from raw.sightings") == 100
    Dbt(house.database_url, house.folder / "dbt").build(select=["jobdash"])
    law = house.law(house.collect_from(ads_of(0), DAY))
    assert law["inserted"] == house.value("select count(*) from marts.jobs")
    assert law["inserted"] + law["quarantined"] == ADS


def test_a_broken_mart_is_never_shown_and_the_repaired_batch_goes_on(published):
    house = published
    house.collect_from(ads_of(1), DAY + timedelta(days=1))
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
