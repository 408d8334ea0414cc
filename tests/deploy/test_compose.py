"""What can go wrong in docker-compose.yml and the Dockerfiles without anyone seeing it."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILES = sorted((ROOT / "deploy" / "docker").glob("*.Dockerfile"))
ONE_SHOT = {"first-batch", "airflow-init"}
VARIABLE = re.compile(r"\$\{(\w+)([^}]*)\}")


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
        numbers = 2 if name == "postgres" else 3  # PostgreSQL's versions have two
        assert re.match(r"\d+" + r"\.\d+" * (numbers - 1) + "(-|$)", tag), image


def test_our_images_carry_the_version_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    ours = [service for service in SERVICES.values() if "build" in service]
    assert {service["image"].split(":")[1] for service in ours} == {project["version"]}
    for service in ours:
        assert (ROOT / service["build"]["dockerfile"]).is_file()


def test_the_versions_of_airflow_agree():
    tried = re.search(r"version=(3\S+)", (ROOT / "airflow" / "make_env.sh").read_text())[1]
    assert [base for base in bases() if base.startswith(f"apache/airflow:{tried}-")]


@pytest.mark.parametrize("name", SERVICES)
def test_services_that_stay_are_watched_and_restarted(name: str):
    service = SERVICES[name]
    assert ("healthcheck" in service) == (name not in ONE_SHOT)
    assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped")


def test_ports_are_open_to_this_machine_alone():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


SOURCES = ("ADZUNA_", "FRANCE_TRAVAIL_")
CHOICES = {"AIRFLOW_EXECUTOR"}


def test_secrets_come_from_the_environment_and_have_no_default():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|_KEY|AUTH$", name):
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
    needed = {name for text in strings(SERVICES) for name, _ in VARIABLE.findall(text)}
    assert not {name for name in needed if not re.search(rf"^#?\s*{name}=", example, re.MULTILINE)}


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
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
