"""What can go wrong in docker-compose.yml and the Dockerfiles without anyone seeing it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import which

import pytest
import yaml
from composed import COMPOSE, DOCKER, SERVICES, VARIABLE

from core.paths import ROOT

DOCKERFILES = sorted(DOCKER.glob("*.Dockerfile"))
ONE_SHOT = {"first-batch", "airflow-init"}
# Whose image would begin as root.
OF_ROOT = {"postgres": "postgres", "redis": "redis", "broker": "redis"}
MEMORY_MB = 16 * 1024
FOR_THE_MACHINE_MB = 512
UNITS = {"m": 1, "g": 1024}


def strings(node: object) -> list[str]:
    """Every value below a node of the file."""
    if isinstance(node, dict):
        return [one for value in node.values() for one in strings(value)]
    if isinstance(node, list):
        return [one for value in node for one in strings(value)]
    return [str(node)]


def bases() -> list[str]:
    lines = [line for path in DOCKERFILES for line in path.read_text().splitlines()]
    return [line.removeprefix("FROM ") for line in lines if line.startswith("FROM ")]


def test_every_image_is_pinned_to_a_full_version():
    others = [service["image"] for service in SERVICES.values() if "build" not in service]
    for image in others + bases():
        name, tag = image.split(":")
        numbers = 2 if name in ("postgres", "debian") else 3  # these two count so
        assert re.match(r"v?\d+" + r"\.\d+" * (numbers - 1) + "(-|$)", tag), image


def test_our_images_carry_the_version_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    ours = [service for service in SERVICES.values() if "build" in service]
    assert {service["image"].split(":")[1] for service in ours} == {project["version"]}
    for service in ours:
        build = service["build"]
        assert (ROOT / build["context"] / build["dockerfile"]).is_file()


def test_the_versions_of_airflow_agree():
    tried = re.search(r"version=(3\S+)", (ROOT / "airflow" / "make_env.sh").read_text())[1]
    assert [base for base in bases() if base.startswith(f"apache/airflow:{tried}-")]


@pytest.mark.parametrize("name", SERVICES)
def test_services_that_stay_are_watched_and_restarted(name: str):
    service = SERVICES[name]
    assert ("healthcheck" in service) == (name not in ONE_SHOT)
    assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped")


def test_ports_are_open_to_this_machine_alone():
    ports = {port: name for name, service in SERVICES.items() for port in service.get("ports", [])}
    assert sorted(ports.values()) == [
        "airflow-apiserver", "alertmanager", "api", "grafana", "pgbouncer", "postgres", "prometheus",
    ]  # fmt: skip
    assert all(re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port) for port in ports)


def test_it_is_what_the_compose_specification_allows():
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec",
         ROOT / "docker-compose.yml"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_may_do_more_than_an_ordinary_user(name: str):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("user") == OF_ROOT.get(name)
    is_of_airflow = name.startswith("airflow-")  # its image writes into its own folders
    assert service.get("read_only", False) is not is_of_airflow
    assert "privileged" not in service
    assert "cap_add" not in service
    assert "docker.sock" not in str(service.get("volumes"))


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_limits(name: str):
    limits = SERVICES[name]["deploy"]["resources"]["limits"]
    assert 0 < float(limits["cpus"]) <= 2  # Docker starts nothing that may use more than there are
    assert 0 < limits["pids"] <= 512
    assert memory_mb(name) <= 4 * 1024


def memory_mb(name: str) -> int:
    memory = SERVICES[name]["deploy"]["resources"]["limits"]["memory"]
    return int(memory[:-1]) * UNITS[memory[-1]]


def test_what_runs_together_fits_into_the_machine():
    stays = [
        name
        for name, service in SERVICES.items()
        if name not in ONE_SHOT and service.get("profiles") != ["celery"]
    ]
    assert sum(map(memory_mb, stays)) <= MEMORY_MB - FOR_THE_MACHINE_MB


def test_redis_may_use_what_it_is_given():
    assert "--maxmemory 1gb" in SERVICES["redis"]["command"]
    assert memory_mb("redis") > 1024


SOURCES = ("ADZUNA_", "FRANCE_TRAVAIL_")
CHOICES = {"AIRFLOW_EXECUTOR", "BACKUP_OFFSITE"}


def test_secrets_come_from_the_environment_and_have_no_default():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if value is None:  # compose hands on what is set, and nothing else
                continue
            if re.search("PASSWORD$|SECRET|_KEY|_PASS$|AUTH$", name):
                assert VARIABLE.sub("", value) == "", name
        for text in strings(service):
            assert not re.search(r"://[^/\s]*:[^/\s]+@", VARIABLE.sub("", text)), text
            for variable, default in VARIABLE.findall(text):
                default = default[:2] if variable in CHOICES else default
                # without a source's keys its simulator answers
                has_default = variable.startswith(SOURCES) or variable in CHOICES
                expected = ":-" if has_default else ":?set it in .env"
                assert default == expected, variable


def test_the_example_of_env_names_every_variable():
    example = (ROOT / ".env.example").read_text()
    needed = {name for text in strings(COMPOSE) for name, _ in VARIABLE.findall(text)}
    assert not {name for name in needed if not re.search(rf"^#?\s*{name}=", example, re.MULTILINE)}


@pytest.mark.skipif(not which("openssl"), reason="needs openssl")
def test_what_the_example_of_env_tells_makes_every_secret(tmp_path: Path):
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    told = re.search(r"^# (for name in .*)\n# (.*)$", example, re.MULTILINE)
    subprocess.run(["bash", "-ec", "\n".join(told.groups())], cwd=tmp_path, check=True)
    made = dict(line.split("=") for line in (tmp_path / ".env").read_text().splitlines())
    required = {
        name
        for text in strings(SERVICES)
        for name, default in VARIABLE.findall(text)
        if default.startswith(":?")
    }
    assert made.keys() == required
    assert all(re.fullmatch("[0-9a-f]{64}", secret) for secret in made.values())
    assert len(set(made.values())) == len(made)


def test_the_api_has_no_key_and_no_login_that_writes():
    assert set(SERVICES["api"]["environment"]) == {
        "DATABASE_READ_URL", "REDIS_URL", "MODEL_STORE", "HOST",
    }  # fmt: skip
    assert "//jobdash_api:" in SERVICES["api"]["environment"]["DATABASE_READ_URL"]
    assert SERVICES["api"]["volumes"] == ["models:/models:ro"]


def test_what_is_mounted_is_there():
    mounted = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    }
    assert not {path for path in mounted if not (ROOT / path).exists()}


def test_both_configurations_of_prometheus_differ_in_their_targets_alone():
    def without_targets(path: Path) -> dict:
        config = yaml.safe_load(path.read_text(encoding="utf-8"))
        managers = config["alerting"]["alertmanagers"]
        for group in (*config["scrape_configs"], *managers):
            for static in group["static_configs"]:
                assert len(static.pop("targets")) == 1
        return config

    assert without_targets(DOCKER / "prometheus.yml") == without_targets(
        ROOT / "deploy" / "prometheus" / "prometheus.yml"
    )


def test_prometheus_asks_services_that_are_there():
    config = (DOCKER / "prometheus.yml").read_text(encoding="utf-8")
    asked = set(re.findall(r'\["([\w-]+):\d+"\]', config))
    assert asked == {"api", "alertmanager", "postgres-exporter", "redis-exporter", "node-exporter"}
    assert asked <= set(SERVICES)


def test_backups_are_made_where_their_dags_run():
    for name in ("airflow-scheduler", "airflow-worker", "airflow-dag-processor", "backup"):
        assert SERVICES[name]["environment"]["BACKUP_STORE"] == "/backups"
    for name in ("airflow-scheduler", "airflow-worker", "backup"):
        assert "backups:/backups" in SERVICES[name]["volumes"]
        assert "BACKUP_OFFSITE" in SERVICES[name]["environment"]


def test_images_that_back_up_have_the_tools_of_the_server():
    major = SERVICES["postgres"]["image"].split(":")[1].split(".")[0]
    for name in ("jobdash", "airflow"):
        dockerfile = (DOCKER / f"{name}.Dockerfile").read_text(encoding="utf-8")
        assert f"install --yes --no-install-recommends postgresql-{major} " in dockerfile


def test_the_nights_wait_for_the_first_batch_and_the_api_does_not():
    assert SERVICES["first-batch"]["command"] == ["jobdash", "run", "--once"]
    assert "first-batch" not in SERVICES["api"]["depends_on"]
    waits_for = SERVICES["airflow-scheduler"]["depends_on"]["first-batch"]
    assert waits_for == {"condition": "service_completed_successfully"}


def test_stages_read_and_write_the_same_stores_wherever_they_run():
    by_hand, by_night = (SERVICES[name] for name in ("first-batch", "airflow-scheduler"))
    for setting, value in by_hand["environment"].items():
        assert by_night["environment"][setting] == value
    assert set(by_hand["volumes"]) <= set(by_night["volumes"])


def test_what_is_stored_lies_in_named_volumes():
    mounted = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith("./")
    }
    assert mounted == set(COMPOSE["volumes"])


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.stem)
def test_images_check_hashes_and_do_not_run_as_root(path: Path):
    lines = path.read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")][-1] != "USER root"
    assert path.stem.startswith("pgbouncer") or any(
        "--require-hashes -r requirements.lock" in line for line in lines
    )
