"""Environments with Airflow alone, made once below `.local`; jobdash's own holds no Airflow."""

import os
import subprocess
from pathlib import Path

import pytest

from core.lock import alone_in

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ("3.3", "2.10.4")


@pytest.fixture(scope="session", params=VERSIONS)
def environment(request: pytest.FixtureRequest) -> Path:
    environments = ROOT / ".local" / "airflow"
    folder = environments / request.param
    with alone_in(environments):  # two test processes may want the same
        subprocess.run([ROOT / "airflow" / "make_env.sh", request.param, folder], check=True)
    return folder


@pytest.fixture(scope="session")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of this process without what would lead it to another Airflow or jobdash."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AIRFLOW") and name != "JOBDASH"
    }
    return {**kept, "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow"))}
