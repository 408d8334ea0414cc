"""docker-compose.yml as its services have it, and its servers started here without Docker."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
import pytest
import yaml
from psycopg2.extensions import make_dsn

from core.paths import ROOT

DOCKER = ROOT / "deploy" / "docker"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
VARIABLE = re.compile(r"\$\{(\w+)([^}]*)\}")
# What a user writes into `.env`.
ENV = {
    name: f"of-the-{name.lower().replace('_', '-')}"
    for name in (
        "JOBDASH_DB_PASSWORD", "API_DB_PASSWORD", "BI_DB_PASSWORD", "MONITOR_DB_PASSWORD",
        "AIRFLOW_DB_PASSWORD", "REDIS_PASSWORD",
    )
}  # fmt: skip
# The major version of the image, which Debian 12 has too.
POSTGRES = Path("/usr/lib/postgresql/15/bin")
# By service: what Debian calls it, and the port in the container.
DEBIAN = {
    "redis": ("redis-server", 6379),
    "broker": ("redis-server", 6379),
    "prometheus": ("prometheus", 9090),
    "alertmanager": ("prometheus-alertmanager", 9093),
    "postgres-exporter": ("prometheus-postgres-exporter", 9187),
    "redis-exporter": ("prometheus-redis-exporter", 9121),
    "node-exporter": ("prometheus-node-exporter", 9100),
}
READY_WITHIN_S = 90  # on a machine that others use too


def command_of(service: str, instead: Mapping[str, str]) -> list[str]:
    """With what is here in the place of paths, hosts and ports of the container."""
    return [_instead(word, instead) for word in SERVICES[service].get("command", ())]


def environment_of(service: str, instead: Mapping[str, str] | None = None) -> dict[str, str]:
    told = SERVICES[service]["environment"]
    return {
        name: _instead(value, instead or {}) for name, value in told.items() if value is not None
    }


def health_of(service: str, instead: Mapping[str, str]) -> list[str]:
    kind, *command = SERVICES[service]["healthcheck"]["test"]
    command = [_instead(word, instead).replace("$$", "$") for word in command]
    return command if kind == "CMD" else ["sh", "-c", *command]


def _instead(text: object, instead: Mapping[str, str]) -> str:
    filled = VARIABLE.sub(lambda found: ENV.get(found[1], ""), str(text))
    there = "|".join(map(re.escape, instead))
    return re.sub(there, lambda found: instead[found[0]], filled) if there else filled


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def until(answers: Callable[[], object], server: subprocess.Popen) -> None:
    """Returns when a server answers; fails when it ended or was silent for too long."""
    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        with suppress(OSError, psycopg2.OperationalError):
            if answers():
                return
        assert server.poll() is None, f"{server.args} ended with {server.returncode}"
        assert time.monotonic() < deadline, f"{server.args} does not answer"
        time.sleep(0.1)


def is_well(service: str, instead: Mapping[str, str], **others: str) -> bool:
    """By the health check of compose."""
    asked = subprocess.run(
        health_of(service, instead), env={**os.environ, **others}, capture_output=True
    )
    return asked.returncode == 0


@contextmanager
def running(command: list[str], **others: object) -> Iterator[subprocess.Popen]:
    with subprocess.Popen(command, **others) as server:
        try:
            yield server
        finally:
            server.terminate()


@contextmanager
def started(service: str, *here: str, instead: dict[str, str] | None = None) -> Iterator[str]:
    """Its address, once its health check is content; `here` is what only this machine needs."""
    name, inside = DEBIAN[service]
    program = shutil.which(name)
    if not program:
        pytest.skip(f"needs {name}, which Debian has")
    address = f"127.0.0.1:{free_port()}"
    instead = {**(instead or {}), f"127.0.0.1:{inside}": address}
    command = [word for word in command_of(service, instead) if word != name]
    listening = f"--web.listen-address={address}"
    if name == "redis-server":
        listening = f"--port {address.partition(':')[2]}"
        instead["redis-cli"] = f"redis-cli -p {address.partition(':')[2]}"
    environment = environment_of(service, instead) if "environment" in SERVICES[service] else {}
    with running(
        [program, *command, listening, *here],
        env={"PATH": "/usr/bin:/bin", **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        until(lambda: is_well(service, instead, **environment), server)
        yield address


def other_user() -> str | None:
    """Neither PostgreSQL nor PgBouncer runs as root."""
    return "postgres" if os.geteuid() == 0 else None


@contextmanager
def open_folder(name: str) -> Iterator[Path]:
    """One that `other_user` may use; pytest's own are closed to it."""
    with TemporaryDirectory(prefix=f"jobdash-{name}-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        if other_user():
            shutil.chown(folder, other_user())
        yield folder


# The project and Python are where they are, also where no other user could reach them: in the home of
# whoever runs this, below the new /tmp, in a folder that `mktemp` closed.
SEAL = """
mount --bind "$1" /srv
mount --bind "$2" /mnt
mount --bind "$3" /media
mount -t tmpfs -o size=256m tmpfs /tmp
case "$2" in "$4"/*)
  mount -t tmpfs -o mode=755 tmpfs "$4"
  mkdir -p "$2"
  mount --bind /mnt "$2"
esac
mkdir -p "$3"
mount -t tmpfs -o mode=755 tmpfs "$3"
for part in $(ls -A /media); do
  if [ -d "/media/$part" ]; then mkdir "$3/$part"; else touch "$3/$part"; fi
  mount --bind "/media/$part" "$3/$part"
  mount -o remount,bind,ro "$3/$part"
done
mount -o remount,ro "$3"
case "$2" in "$4"/*) mount -o remount,ro "$4"; esac
mount -o remount,bind,ro /
cd "$3"
shift 4
exec "$@"
"""


class Postgres:
    """The volume and the socket lie in its folder, which is `other_user`'s."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.volume = folder / "volume"
        self._server: subprocess.Popen | None = None

    def make(self) -> None:
        """As the image does: initdb, the command, then the scripts that compose mounts for that."""
        self.volume.mkdir()
        if other_user():
            shutil.chown(self.volume, other_user())
        settings = environment_of("postgres")
        password = self.folder / "password"
        password.write_text(Path(settings["POSTGRES_PASSWORD_FILE"]).read_text())
        self._as_server("initdb", "--username=postgres", f"--pwfile={password}", self._data)
        password.unlink()
        self.start()
        for script in _scripts():
            here = shutil.copy(script, self.folder)  # the project may be closed to `other_user`
            self._as_server(
                "psql", "--set=ON_ERROR_STOP=1", "--no-psqlrc", f"--host={self.folder}",
                f"--port={self.port}", "--username=postgres", f"--file={here}", env=settings,
            )  # fmt: skip

    def start(self) -> None:
        hba = shutil.copy(DOCKER / "pg_hba.conf", self.folder)
        program, *command = command_of("postgres", {"/etc/postgresql/pg_hba.conf": str(hba)})
        here = {
            "port": self.port, "unix_socket_directories": self.folder, "listen_addresses": "127.0.0.1",
            "fsync": "off",
        }  # fmt: skip
        command += [word for name, value in here.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [POSTGRES / program, *command],
                env={"PGDATA": str(self._data)},
                user=other_user(),
                cwd="/",
                stderr=log,
            )
        until(lambda: is_well("postgres", {}, PGPORT=str(self.port)), self._server)

    def stop(self) -> None:
        if self._server:
            self._server.send_signal(signal.SIGINT)  # as the image is told to stop
            self._server.wait()

    def dsn(self, login: str, password: str | None = None, database: str = "jobdash") -> str:
        name = login.removeprefix("jobdash_").upper()
        return make_dsn(
            host="127.0.0.1", port=self.port, user=login, dbname=database,
            password=password or ENV.get(f"{name}_DB_PASSWORD", "none"),
        )  # fmt: skip

    @property
    def superuser(self) -> str:
        """On the socket, as `docker compose exec postgres psql` comes."""
        return make_dsn(host=str(self.folder), port=self.port, user="postgres", dbname="jobdash")

    @property
    def _data(self) -> Path:
        inside = Path(environment_of("postgres")["PGDATA"])
        return self.volume / inside.relative_to("/var/lib/postgresql/data")

    @staticmethod
    def _as_server(program: str, *arguments: object, **others: object) -> None:
        subprocess.run(
            [POSTGRES / program, *map(str, arguments)],
            user=other_user(), cwd="/", check=True, stdout=subprocess.DEVNULL, **others,
        )  # fmt: skip


@contextmanager
def compose_postgres() -> Iterator[Postgres]:
    with open_folder("postgres") as folder:
        postgres = Postgres(folder)
        try:
            postgres.make()
            yield postgres
        finally:
            postgres.stop()


def _scripts() -> list[Path]:
    mounts = [volume.split(":") for volume in SERVICES["postgres"]["volumes"]]
    return [ROOT / here for here, there, *_ in mounts if "/docker-entrypoint-initdb.d/" in there]


def sealed(command: list[str], place: Path) -> list[str]:
    """The command as in a read-only container: of an ordinary user without capabilities, who writes
    nothing but /tmp and `place`, which stands at /srv."""
    return [
        "unshare", "--mount", "sh", "-ec", SEAL, "sh", str(place), sys.base_prefix,
        str(ROOT), str(Path.home()),
        "setpriv", "--reuid=50000", "--regid=50000", "--clear-groups", "--no-new-privs",
        "--bounding-set=-all", "--inh-caps=-all", *command,
    ]  # fmt: skip
