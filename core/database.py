"""Connections to PostgreSQL, and the lock that lets one process at a time work on a batch."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import parse_dsn

from core.errors import BatchBusy, SettingsError

# Any number will do as long as no other program on the database uses it.
BATCH_LOCK = 7_062_015
OLDEST_SERVER = 15_00_00
KNOWS_UTF8_BY_ITSELF = 17_00_00  # whatever locales the machine has


def connect(dsn: str, *, application: str = "jobdash") -> Connection:
    """Opens a connection in UTC. Raises SettingsError without showing the password."""
    try:
        return psycopg2.connect(
            dsn, application_name=application, options="-c timezone=UTC", connect_timeout=10
        )
    except psycopg2.Error as error:
        raise SettingsError(
            f"No connection to the database {public_dsn(dsn)}: {_first_line(error)}\n"
            "Check DATABASE_URL, or leave it empty to use the embedded database (`jobdash up`)."
        ) from None


def public_dsn(dsn: str) -> str:
    """The address without its password, fit for screens and logs."""
    try:
        parts = parse_dsn(dsn)
    except psycopg2.ProgrammingError:
        return "(DATABASE_URL is not a postgresql:// address)"
    parts.pop("password", None)
    return " ".join(f"{name}={value}" for name, value in sorted(parts.items()))


@contextmanager
def transaction(connection: Connection) -> Iterator[psycopg2.extensions.cursor]:
    """One transaction: committed when the block ends, rolled back when it raises."""
    with connection, connection.cursor() as cursor:
        yield cursor


@contextmanager
def batch_lock(dsn: str) -> Iterator[None]:
    """Held on a connection of its own: when its process dies, PostgreSQL lets go of it."""
    with closing(connect(dsn, application="jobdash lock")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", (BATCH_LOCK,))
            if not cursor.fetchone()[0]:
                raise BatchBusy(
                    "Another jobdash works on a batch in this database. "
                    "Wait until it ends (`jobdash status` shows it), then run the command again."
                )
        yield


def create_database(admin: Connection, name: str) -> None:
    """A database that knows accents wherever the server runs. `admin` must be in autocommit."""
    locale = "locale 'C.UTF-8'"
    if admin.server_version >= KNOWS_UTF8_BY_ITSELF:
        locale = "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
    with admin.cursor() as cursor:
        cursor.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8' " + locale).format(
                sql.Identifier(name)
            )
        )


def check_server(connection: Connection) -> None:
    """Raises SettingsError where the server is too old or cannot lower-case accents."""
    if connection.server_version < OLDEST_SERVER:
        raise SettingsError("jobdash needs PostgreSQL 15 or later: point DATABASE_URL at one.")
    with transaction(connection) as cursor:
        cursor.execute(
            "select pg_encoding_to_char(encoding), lower('É') = 'é' from pg_database "
            "where datname = current_database()"
        )
        encoding, knows_accents = cursor.fetchone()
    if encoding != "UTF8" or not knows_accents:
        raise SettingsError(
            "The database cannot handle French: it must be UTF-8 with a locale that knows accents. "
            "Create one with: create database jobdash template template0 "
            "encoding 'UTF8' locale 'C.UTF-8'"
        )


def _first_line(error: psycopg2.Error) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
