"""What docker-compose.yml starts, started here: the same commands and health checks, with Debian's
programs of the same versions, and paths, hosts and ports of this machine."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
import yaml
from composed import DEBIAN, DOCKER, ENV, SERVICES, running, started, until

from core.paths import ROOT

EXPORTERS = {job: f"{job}-exporter" for job in ("postgres", "redis", "node")}


def told(url: str) -> str:
    with urlopen(url, timeout=5) as answer:  # noqa: S310
        return answer.read().decode()


def figures(address: str) -> dict[str, float]:
    lines = told(f"http://{address}/metrics").splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


@pytest.fixture(scope="module")
def exporters(postgres, compose_redis, tmp_path_factory) -> Iterator[dict[str, str]]:
    textfiles = tmp_path_factory.mktemp("metrics")
    (textfiles / "jobdash.prom").write_text("jobdash_backup_last_success_timestamp_seconds 17\n")
    instead = {
        "postgres:5432": f"127.0.0.1:{postgres.port}",
        "redis:6379": compose_redis,
        "/backups/metrics": str(textfiles),
    }
    with ExitStack() as stack:
        yield {
            job: stack.enter_context(started(service, instead=instead))
            for job, service in EXPORTERS.items()
        }


@pytest.fixture(scope="module")
def alertmanager(tmp_path_factory) -> Iterator[str]:
    """With empty files in the place of Slack's address and the pager's key, as by default."""
    folder = tmp_path_factory.mktemp("alertmanager")
    config = (ROOT / "deploy/prometheus/alertmanager.yml").read_text(encoding="utf-8")
    for secret in SERVICES["alertmanager"]["secrets"]:
        assert secret["target"] in config
        config = config.replace(secret["target"], "/dev/null")
    (folder / "alertmanager.yml").write_text(config, encoding="utf-8")
    instead = {"/etc/alertmanager/": f"{folder}/", "=/alertmanager": f"={folder / 'data'}"}
    with started("alertmanager", instead=instead) as address:
        yield address


def test_the_broker_wants_its_password(tmp_path: Path):
    with started("broker", f"--dir {tmp_path}") as address:
        port = address.partition(":")[2]
        asked = ["redis-cli", "-p", port, "ping"]
        assert "NOAUTH" in subprocess.run(asked, capture_output=True, text=True).stdout
        as_airflow = ["redis-cli", "-p", port, "--user", "airflow", "--pass", ENV["REDIS_PASSWORD"]]
        for command in ("flushall", "config get dir", "acl list"):
            refused = subprocess.run(
                [*as_airflow, *command.split()], capture_output=True, text=True
            )
            assert "NOPERM" in refused.stdout, command


def test_the_exporter_of_postgresql_tells_what_alerts_ask(exporters):
    seen = figures(exporters["postgres"])
    assert seen["pg_up"] == 1
    assert any(name.startswith("pg_stat_archiver_failed_count") for name in seen)
    assert any(name.startswith("pg_database_size_bytes") and "jobdash" in name for name in seen)


def test_the_exporter_of_redis_may_see_its_memory(exporters):
    seen = figures(exporters["redis"])
    assert seen["redis_up"] == 1
    assert seen["redis_memory_max_bytes"] == 2**30
    assert 0 < seen["redis_memory_used_bytes"] < 2**30


def test_the_exporter_of_the_machine_reads_what_backups_write(exporters):
    seen = figures(exporters["node"])
    assert seen["jobdash_backup_last_success_timestamp_seconds"] == 17
    assert any(name.startswith("node_filesystem_avail_bytes") for name in seen)


def test_prometheus_reaches_every_part_and_has_all_alerts(exporters, alertmanager, tmp_path: Path):
    config = (DOCKER / "prometheus.yml").read_text(encoding="utf-8")
    for target, address in {
        **{f"{EXPORTERS[job]}:{DEBIAN[EXPORTERS[job]][1]}": at for job, at in exporters.items()},
        "alertmanager:9093": alertmanager,
        "30s": "1s",
        "20s": "1s",
    }.items():
        assert target in config
        config = config.replace(target, address)
    (tmp_path / "prometheus.yml").write_text(config, encoding="utf-8")
    shutil.copy(ROOT / "deploy/prometheus/alerts.yml", tmp_path)
    instead = {"/etc/prometheus/": f"{tmp_path}/", "=/prometheus": f"={tmp_path / 'tsdb'}"}
    with started("prometheus", instead=instead) as address:
        jobs = {*EXPORTERS, "alertmanager"}

        def ask(query: str) -> set[str]:
            answer = told(f"http://{address}/api/v1/query?query={quote(query)}")
            return {one["metric"]["job"] for one in json.loads(answer)["data"]["result"]}

        with running(["sleep", "30"]) as patience:
            until(lambda: ask("up == 1") == jobs, patience)
            until(lambda: ask("up == 0") == {"jobdash"}, patience)  # there is no API here
        groups = json.loads(told(f"http://{address}/api/v1/rules"))["data"]["groups"]
        alerts = yaml.safe_load((tmp_path / "alerts.yml").read_text(encoding="utf-8"))["groups"]
        assert {rule["name"] for group in groups for rule in group["rules"]} == {
            rule["alert"] for group in alerts for rule in group["rules"]
        }
        managers = json.loads(told(f"http://{address}/api/v1/alertmanagers"))["data"]
        assert [one["url"] for one in managers["activeAlertmanagers"]] == [
            f"http://{alertmanager}/api/v2/alerts"
        ]
