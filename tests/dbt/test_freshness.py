"""`dbt source freshness`: what a team's monitor asks in the morning."""

from datetime import UTC, datetime

from archive.months import JANUARY, fill
from houses import EVERY_BATCH, House

from ingest.simulator import SimulatorServer, ads_on
from pipeline.batch import run_stage


def test_old_ads_alone_are_stale_and_a_night_makes_every_source_fresh(
    dbt, database, connection, redis_url, tmp_path
):
    fill(connection, JANUARY, batch=1)
    stale = dbt("source", "freshness", succeeds=False)
    assert "ERROR STALE freshness of adzuna.ads" in stale
    assert "ERROR STALE freshness of landing.sightings" in stale

    house, today = House(database, redis_url, tmp_path), datetime.now(UTC).date()
    with SimulatorServer(ads_on(today, 60, seed=3), today=today) as simulator:
        settings = house.settings(simulator.base_url)
        run_stage(settings, house.addresses, today, "collect", EVERY_BATCH)
    fresh = dbt("source", "freshness")
    # no search asks France Travail, and no entry names files
    for source in ("adzuna.ads", "landing.sightings", "landing.readings", "landing.sources"):
        assert f"PASS freshness of {source} " in fresh
    for source in ("ops.batches", "ops.batch_runs"):
        assert f"PASS freshness of {source} " in fresh
