"""Which servers a command works with: those of the settings, or local ones started for it."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from core.database import check_server, connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from core.settings import Settings
from pipeline.progress import say, seconds, warn
from pipeline.services import LocalServices


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str


def start(settings: Settings, *, quiet: bool = False) -> Addresses:
    """Starts the local services that the settings do not replace. They stay up."""
    services = LocalServices(settings.local_folder)
    told = (lambda text: None) if quiet else say
    if settings.database_url:
        database_url = settings.database_url.get_secret_value()
    else:
        was_up, began = services.postgres_is_up(), time.monotonic()
        database_url = services.start_postgres()
        if not was_up:
            told(f"PostgreSQL    started under .local/ in {seconds(began)}")
    if settings.redis_url:
        redis_url = settings.redis_url.get_secret_value()
    else:
        was_up, began = services.cache_is_up(), time.monotonic()
        redis_url = services.start_cache()
        if not was_up:
            told(f"cache         started under .local/ in {seconds(began)}")
    return Addresses(database_url, redis_url)


def to_read(settings: Settings) -> Addresses | None:
    """Where nothing but reading is asked for, of a login that may do no more."""
    if settings.database_url or not (settings.database_read_url and settings.redis_url):
        return None
    return Addresses(
        settings.database_read_url.get_secret_value(), settings.redis_url.get_secret_value()
    )


@contextmanager
def running(settings: Settings, *, quiet: bool = False) -> Iterator[Addresses]:
    """The services for the time of a command; those that it had to start end with it."""
    services = LocalServices(settings.local_folder)
    keep_postgres = bool(settings.database_url) or services.postgres_is_up()
    keep_cache = bool(settings.redis_url) or services.cache_is_up()
    addresses = start(settings, quiet=quiet)
    try:
        yield addresses
    finally:
        if not keep_postgres and services.postgres_has_clients():
            warn("The local servers stay up: another command uses them. `jobdash down` stops them.")
        else:
            if not keep_cache:
                services.stop_cache()
            if not keep_postgres:
                services.stop_postgres()


def prepare(addresses: Addresses, *, quiet: bool = False) -> None:
    """Brings the database's own objects up to date."""
    began = time.monotonic()
    with closing(connect(addresses.database_url)) as connection:
        check_server(connection)
        applied = migrate(connection, MIGRATIONS)
    if applied and not quiet:
        say(f"migrations    {len(applied)} applied in {seconds(began)}")
