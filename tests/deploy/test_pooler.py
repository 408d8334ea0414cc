"""PgBouncer as compose starts it: reports share connections, and nothing that one of them sets."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg2
import pytest
from composed import (
    DOCKER,
    ENV,
    environment_of,
    free_port,
    is_well,
    open_folder,
    other_user,
    running,
    until,
)
from psycopg2.extensions import connection as Connection

from serve.warehouse import RIGHTS

DOCKERFILE = (DOCKER / "pgbouncer.Dockerfile").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pooled(postgres, house) -> Iterator[Callable[..., Connection]]:
    if not shutil.which("pgbouncer"):
        pytest.skip("needs pgbouncer, which Debian has")
    port = free_port()
    with open_folder("pgbouncer") as folder:
        instead = {
            "host=postgres port=5432": f"host=127.0.0.1 port={postgres.port}",
            "listen_port = 6432": f"listen_port = {port}",
            "/run/pgbouncer": str(folder),
        }
        command = json.loads(re.search("^CMD (.*)$", DOCKERFILE, re.MULTILINE)[1])
        for name in ("pgbouncer.ini", "start_pgbouncer.sh"):
            text = (DOCKER / name).read_text(encoding="utf-8")
            for there, here in instead.items():
                text = text.replace(there, here)
            (folder / name).write_text(text, encoding="utf-8")
        with running(
            [word.replace("/etc/jobdash", str(folder)) for word in command],
            env={"PATH": "/usr/sbin:/usr/bin:/bin", **environment_of("pgbouncer")},
            user=other_user(), cwd=folder,
        ) as server:  # fmt: skip
            until(lambda: is_well("pgbouncer", {"6432": str(port)}), server)

            def connected(**others: object) -> Connection:
                where = {
                    "host": "127.0.0.1", "port": port, "dbname": "jobdash", "user": "jobdash_bi",
                    "password": ENV["BI_DB_PASSWORD"],
                    "options": "",  # and not those that dbt left in this process
                }  # fmt: skip
                connection = psycopg2.connect(**{**where, **others})
                connection.autocommit = True
                return connection

            yield connected
            users = folder / "users.txt"
            assert users.stat().st_mode & 0o077 == 0


def asked(connection: Connection, statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_reports_share_connections(pooled, postgres):
    many = [pooled() for _ in range(60)]
    try:
        assert {asked(one, "select count(*) > 50 from marts.jobs") for one in many} == {True}
        with closing(psycopg2.connect(postgres.superuser)) as admin:
            used = asked(
                admin, "select count(*) from pg_stat_activity where usename = 'jobdash_bi'"
            )
        assert 1 <= used <= 20
    finally:
        for one in many:
            one.close()


def test_what_a_report_sets_is_met_by_no_other(pooled):
    with closing(pooled()) as one, closing(pooled()) as other:
        with one.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute("set search_path = nowhere")
        assert asked(other, "show statement_timeout") == "30s"
        assert asked(other, "select current_setting('search_path')") != "nowhere"


@pytest.mark.parametrize(
    "login",
    [
        {"user": "jobdash", "password": ENV["JOBDASH_DB_PASSWORD"]},
        {"user": "postgres", "password": "any"},
        {"password": "wrong"},
        {"dbname": "airflow"},
    ],
    ids=["the owner", "the superuser", "a wrong password", "another database"],
)
def test_nobody_else_comes_through(pooled, login):
    with pytest.raises(psycopg2.OperationalError):
        pooled(**login)


def test_the_api_is_refused_and_does_not_lose_its_limits_unseen(pooled):
    with pytest.raises(psycopg2.OperationalError, match="unsupported startup parameter: options"):
        pooled(options=RIGHTS)
