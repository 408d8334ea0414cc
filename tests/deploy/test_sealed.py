"""A first batch, the API and backups as in read-only containers, with the commands and settings of
compose; then the way back as the runbook has it."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import requests
from composed import (
    POSTGRES,
    SERVICES,
    Postgres,
    command_of,
    compose_postgres,
    environment_of,
    free_port,
    is_well,
    open_folder,
    running,
    sealed,
    until,
)

from core.paths import ROOT

pytestmark = pytest.mark.slow
RUNBOOK = (ROOT / "RUNBOOK.md").read_text(encoding="utf-8")
# As ENV of the image has it.
DOCKERFILE = (ROOT / "deploy/docker/jobdash.Dockerfile").read_text(encoding="utf-8")
OF_THE_IMAGE = re.search(r"^ENV PATH=\S+ (.*)$", DOCKERFILE, re.MULTILINE)[1]
ENTRYPOINT = json.loads(re.search("^ENTRYPOINT (.*)$", DOCKERFILE, re.MULTILINE)[1])
COMPILED = "/opt/jobdash/compiled"


def may_seal() -> bool:
    """Only root may mount."""
    return subprocess.run(sealed(["true"], Path("/srv")), capture_output=True).returncode == 0


@dataclass(frozen=True)
class Containers:
    """Volumes are folders of `place`, which stands at /srv; nothing else may be written but /tmp."""

    postgres: Postgres
    redis: str
    place: Path

    @property
    def instead(self) -> dict[str, str]:
        return {
            "@postgres:5432": f"@127.0.0.1:{self.postgres.port}",
            "@redis:6379": f"@{self.redis}",
            "/models": "/srv/models",
            "/backups": "/srv/backups",
            "/usr/lib/postgresql/15/bin": str(POSTGRES),
        }

    def command(self, service: str, command: list[str] | None = None) -> list[str]:
        command = command or command_of(service, self.instead)
        if command[0] == "jobdash":
            command[0] = str(Path(sys.executable).with_name("jobdash"))
        before = [word.replace(COMPILED, "/srv/compiled") for word in ENTRYPOINT]
        return sealed([*before, *command], self.place)

    def environment(self, service: str, **others: str) -> dict[str, str]:
        of_the_image = dict(word.split("=") for word in shlex.split(OF_THE_IMAGE))
        own = {"PATH": "/usr/bin:/bin", "HOME": "/nowhere", "SIMULATOR_ADS": "200"}
        return {**own, **of_the_image, **environment_of(service, self.instead), **others}

    def run(self, service: str, command: list[str] | None = None) -> str:
        done = subprocess.run(
            self.command(service, command), env=self.environment(service), cwd=ROOT,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def containers(compose_redis) -> Iterator[Containers]:
    if not may_seal():
        pytest.skip("needs root, who may mount")
    if not (POSTGRES / "postgres").exists():
        pytest.skip(f"needs {POSTGRES}: apt-get install postgresql-15")
    with compose_postgres() as postgres, open_folder("volumes") as place:
        for volume in ("models", "backups"):
            (place / volume).mkdir()
            shutil.chown(place / volume, 50000, 50000)
        assert f"RUN NUMBA_CACHE_DIR={COMPILED} " in DOCKERFILE
        compiling = {"NUMBA_CACHE_DIR": str(place / "compiled")}
        subprocess.run(
            [sys.executable, "-c", "import ml.counting"], env=compiling, cwd=ROOT, check=True
        )
        containers = Containers(postgres, compose_redis, place)
        containers.run("first-batch")
        yield containers


def test_nothing_may_be_written_beside_the_volumes(containers):
    tried = ["sh", "-c", "touch /srv/models/x /tmp/x && ! touch /var/tmp/x && ! touch ~/x"]
    containers.run("first-batch", tried)


def test_the_api_answers(containers):
    port = free_port()
    environment = containers.environment("api", PORT=str(port))
    with running(containers.command("api"), env=environment, cwd=ROOT) as server:
        here = {"127.0.0.1:8000": f"127.0.0.1:{port}", "python": sys.executable}
        until(lambda: is_well("api", here), server)
        found = requests.get(f"http://127.0.0.1:{port}/api/jobs/search?q=python", timeout=10).json()
        assert found["results"]
        assert not found.get("degraded")
        told = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
        assert "jobdash_audit_up 1.0" in told


def test_wal_is_received_and_a_night_is_backed_up_and_tried(containers):
    with running(
        containers.command("backup"), env=containers.environment("backup"), cwd=ROOT
    ) as server:
        until(lambda: is_well("backup", {"python": sys.executable}), server)
        for command in ("run", "verify", "drill"):
            containers.run("backup", ["jobdash", "backup", command])
    metrics = (containers.place / "backups/metrics/jobdash.prom").read_text()
    assert "jobdash_restore_drill_last_success_timestamp_seconds 1" in metrics


def runbook_calls(tmp_path: Path) -> list[list[str]]:
    """What the steps of the runbook hand to `docker`, taken apart by a shell."""
    steps = re.search(r"## Restore in compose\n.*?```sh\n(.*?)```", RUNBOOK, re.DOTALL)[1]
    docker = tmp_path / "docker"
    told = tmp_path / "calls"
    docker.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" >> {told}\nprintf '\\036' >> {told}\n")
    docker.chmod(0o755)
    subprocess.run(["bash", "-ec", steps], env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, check=True)
    return [call.split("\0")[:-1] for call in told.read_text().split("\036")[:-1]]


def test_the_steps_of_the_runbook_lead_back_to_a_moment(containers, tmp_path):
    postgres, owner = containers.postgres, containers.postgres.dsn("jobdash")

    def owner_asks(statement: str) -> object:
        with closing(psycopg2.connect(owner)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute(statement)
            return cursor.fetchone()[0]

    containers.run("backup", ["jobdash", "backup", "run"])
    jobs = owner_asks("select count(*) from marts.jobs")
    moment = owner_asks("select clock_timestamp() at time zone 'UTC'").isoformat()
    assert owner_asks("with gone as (delete from marts.jobs returning 1) select count(*) from gone")
    containers.run("backup", ["jobdash", "backup", "run"])

    did = []
    for program, *call in runbook_calls(tmp_path):
        match program, call:
            case "compose", ["exec", service, *command]:
                here = [moment if word == "2026-01-08 00:35" else word for word in command]
                for there, other in containers.instead.items():
                    here = [word.replace(there, other) for word in here]
                containers.run(service, here)
                did.append(command[-1])
            case "compose", ["stop"]:
                postgres.stop()
            case "compose", ["up", "--detach"]:
                postgres.start()
            case ("compose", ["stop", *_]) | ("compose", ["rm", *_]) | ("volume", ["rm", *_]):
                pass  # neither nights nor the volume of the cache are here
            case "run", [*others, body]:
                assert SERVICES["postgres"]["image"] in others
                volumes = {"/data": postgres.volume, "/backups": containers.place / "backups"}
                for volume, here in volumes.items():
                    body = body.replace(f"{volume}/", f"{here}/")
                subprocess.run(["sh", "-ec", body], check=True)
    assert did[-1] == "run"
    assert owner_asks("select count(*) from marts.jobs") == jobs
    assert (postgres.volume / "pgdata.before").exists()
    psycopg2.connect(postgres.dsn("jobdash_api")).close()
