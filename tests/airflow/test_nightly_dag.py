"""The nightly DAG as Airflow 3.3 and 2.10.4 see it and run it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "airflow" / "dags"
STAGES = ["collect", "validate", "enrich", "vectorize", "export"]


def test_nothing_that_airflow_3_removed():
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "AIR3", DAGS]
    found = subprocess.run(ruff, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


@pytest.fixture(scope="session")
def description(environment: Path, variables: dict[str, str]) -> dict:
    return described(environment, variables)


def described(environment: Path, variables: dict[str, str]) -> dict:
    script = [environment / "bin" / "python", "-W", "default"]
    script += [Path(__file__).with_name("describe_dag.py"), DAGS]
    settings = {**variables, "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    answer = subprocess.run(script, env=settings, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.mark.slow
def test_as_the_scheduler_sees_it(description: dict):
    assert description["import_errors"] == {}
    assert description["warnings"] == []
    assert list(description["dags"]) == ["collect_jobs_daily"]
    assert "jobdash stage" in description["doc"]
    assert description["catchup"] is False
    assert description["max_active_runs"] == 1

    tasks = description["tasks"]
    assert [task["id"] for task in tasks] == STAGES
    assert [task["after"] for task in tasks] == [[], *([stage] for stage in STAGES[:-1])]
    for task in tasks:
        first, second, third = task["retry_delays"]
        assert 60 <= first < 120 <= second < 240 == third
        assert 0 < task["timeout"] <= 3600
        assert task["pool"] == "jobdash"


@pytest.mark.slow
def test_backups_are_made_where_they_have_a_place(environment: Path, variables: dict[str, str]):
    description = described(environment, {**variables, "BACKUP_STORE": "/backups"})
    assert description["import_errors"] == {}
    assert description["warnings"] == []
    assert description["dags"].keys() == {
        "collect_jobs_daily",
        "back_up_daily",
        "try_backup_weekly",
    }
    assert description["dags"]["back_up_daily"] == ['"${JOBDASH:-jobdash}" backup run']
    assert description["dags"]["try_backup_weekly"] == ['"${JOBDASH:-jobdash}" backup drill']


@pytest.mark.slow
def test_the_run_of_the_8th_is_the_batch_of_the_8th(description: dict):
    assert description["starts"] == "2026-01-08T00:30:00+00:00"
    assert description["data_interval_start"] == "2026-01-07T00:30:00+00:00"
    assert description["data_interval_end"] == "2026-01-08T00:30:00+00:00"
    for task in description["tasks"]:
        ending = f" stage {task['id']} --date 2026-01-0"
        assert task["command"].endswith(ending + "8")
        assert task["command_by_hand"].endswith(ending + "7")


STAND_IN = """#!/bin/sh
[ "$1" = status ] && exec echo '[{"stages": [{"stage": "enrich", "error": "a test failed: no pay"}]}]'
echo "$*" >> "$CALLS"
[ "$2" != "$FAILS" ]
"""


class Slack(ThreadingHTTPServer):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        super().__init__(("127.0.0.1", 0), Told)


class Told(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(json.loads(body)["text"])
        self.send_response(200)
        self.end_headers()


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def try_dag(environment: Path, variables: dict[str, str], tmp_path: Path):
    """Runs the DAG with a stand-in that notes its calls and fails at one stage."""
    calls = tmp_path / "calls"
    jobdash = tmp_path / "a folder" / "jobdash"
    jobdash.parent.mkdir()
    jobdash.write_text(STAND_IN)
    jobdash.chmod(0o755)

    def run(date: str, fails: str, **others: str) -> tuple[int, list[str]]:
        settings = {**variables, "JOBDASH": str(jobdash), "CALLS": str(calls), "FAILS": fails}
        settings |= others
        command = [ROOT / "airflow" / "try_dag.sh", environment, date]
        ended = subprocess.run(command, env=settings)
        return ended.returncode, calls.read_text().splitlines()

    return run


@pytest.mark.slow
def test_five_calls_in_order(try_dag):
    calls = [f"stage {stage} --date 2026-01-08" for stage in STAGES]
    assert try_dag("2026-01-08", fails="none") == (0, calls)


@pytest.mark.slow
def test_a_stage_that_fails_ends_the_run(try_dag):
    calls = [f"stage {stage} --date 2026-01-08" for stage in STAGES[:3]]
    assert try_dag("2026-01-08", fails="enrich") == (1, calls)


@pytest.mark.slow
def test_slack_is_told_which_stage_failed_why_and_where_its_log_is(try_dag, slack, tmp_path):
    file = tmp_path / "webhook"
    file.write_text(f"http://127.0.0.1:{slack.server_address[1]}/services/T0/B0/secret\n")
    try_dag("2026-01-08", fails="enrich", SLACK_WEBHOOK_FILE=str(file))
    (told,) = slack.told
    first, why, log = told.splitlines()
    assert first.startswith("Stage ENRICH failed after 0 retries")
    assert why == "a test failed: no pay"
    assert log.startswith("http")
    assert "enrich" in log
