"""Databases that live as long as a test."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from core.database import connect, create_database

NAMES_IN_USE: set[str] = set()
PARSED = TemporaryDirectory(prefix="jobdash-parsed-")


class new_database:
    """A database, a copy of the one at the address `template`, dropped when the block ends.

    Its name is given again afterwards: dbt reads the whole project anew for each name, in 8 s.
    """

    def __init__(self, server_dsn: str, template: str | None = None):
        self._server_dsn = server_dsn
        self._template = parse_dsn(template)["dbname"] if template else None

    def __enter__(self) -> str:
        names = (f"jobdash_test_{os.getpid()}_{number}" for number in count())
        self._name = next(name for name in names if name not in NAMES_IN_USE)
        NAMES_IN_USE.add(self._name)
        with self._admin() as admin:
            if self._template:
                with admin.cursor() as cursor:
                    cursor.execute(f"create database {self._name} template {self._template}")
            else:
                create_database(admin, self._name)
        return make_dsn(self._server_dsn, dbname=self._name)

    def __exit__(self, *_: object) -> None:
        with self._admin() as admin, admin.cursor() as cursor:
            cursor.execute(f"drop database if exists {self._name} with (force)")
        NAMES_IN_USE.remove(self._name)

    @contextmanager
    def _admin(self) -> Iterator[psycopg2.extensions.connection]:
        with closing(connect(self._server_dsn)) as admin:
            admin.autocommit = True
            yield admin


def without_waiting_for_disk(dsn: str) -> str:
    """A server of the tests need not outlive a failure of the machine."""
    with closing(connect(dsn)) as admin:
        admin.autocommit = True
        with admin.cursor() as cursor:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"alter system set {name} = off")
            cursor.execute("select pg_reload_conf()")
    return dsn


def share_parsed(target: Path, dsn: str) -> None:
    """Lets dbt find in `target` what it read of the project for a database of this name."""
    if not target.exists():
        shared = Path(PARSED.name, parse_dsn(dsn)["dbname"])
        shared.mkdir(exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(shared)
