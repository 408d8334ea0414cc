"""A whole night under Airflow, nothing stood in for: its five tasks call the real `jobdash`."""

import subprocess
from pathlib import Path

import pytest
from houses import House

from core.batches import STAGES
from core.paths import ROOT

DAY = "2026-01-08"


@pytest.mark.slow
def test_all_five_stages_run_and_publish(
    environment: Path, variables: dict[str, str], database: str, redis_url: str, tmp_path: Path
):
    settings = {
        **variables,
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "JOBDASH_LOCAL": str(tmp_path),
        "SIMULATOR_ADS": "500",
    }
    night = subprocess.run(
        [ROOT / "airflow" / "try_dag.sh", environment, DAY],
        env=settings,
        capture_output=True,
        text=True,
    )
    assert night.returncode == 0, night.stdout + night.stderr
    house = House(database, redis_url, tmp_path)
    done = house.query("select stage, status, batch_date::text from ops.batch_runs order by run_id")
    assert done == [(stage, "success", DAY) for stage in STAGES]
    assert house.value("select model_version from ops.publication") == "tfidf_v20260108"
    assert house.value("select count(*) from marts.jobs") > 450
