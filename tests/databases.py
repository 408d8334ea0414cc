"""Databases that live as long as a test."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import uuid4

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from core.database import connect, create_database


class new_database:
    """A database, a copy of the one at the address `template`, dropped when the block ends."""

    def __init__(self, server_dsn: str, template: str | None = None):
        self._server_dsn = server_dsn
        self._template = parse_dsn(template)["dbname"] if template else None
        self._name = f"jobdash_test_{uuid4().hex[:12]}"

    def __enter__(self) -> str:
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

    @contextmanager
    def _admin(self) -> Iterator[psycopg2.extensions.connection]:
        with closing(connect(self._server_dsn)) as admin:
            admin.autocommit = True
            yield admin
