from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from backup.backed_up import BackedUp

from core.database import connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from ingest.simulator import ads_on
from pipeline.services import LocalServices

DAY = date(2026, 1, 8)


class Between(NamedTuple):
    """A house of two batches, and what it held at the moment between them."""

    house: BackedUp
    moment: datetime
    hashes: dict[str, str]


@pytest.fixture(scope="session")
def between() -> Iterator[Between]:
    with own_house() as house:
        house.collect_from(ads_on(DAY, 100, seed=3), DAY)
        house.back_up()
        next_day = DAY + timedelta(days=1)
        house.query("create table ops.noted as select now() as at")  # after the base, in WAL alone
        moment, hashes = house.now(), house.hashes()
        house.collect_from(ads_on(next_day, 100, seed=3), next_day)
        house.back_up()
        yield Between(house, moment, hashes)


@pytest.fixture
def bare() -> Iterator[BackedUp]:
    """A migrated database that holds no ads."""
    with own_house() as house:
        yield house


class own_house:
    """On local servers of its own; pytest's folders are closed to PostgreSQL's user under root."""

    def __enter__(self) -> BackedUp:
        self._folder = TemporaryDirectory(prefix="jobdash-backup-")
        folder = Path(self._folder.name)
        self._services = LocalServices(folder)
        dsn = self._services.start_postgres()
        with closing(connect(dsn)) as connection:
            migrate(connection, MIGRATIONS)
        return BackedUp(dsn, self._services.start_cache(), folder)

    def __exit__(self, *_: object) -> None:
        self._services.stop_cache()
        self._services.stop_postgres()
        self._folder.cleanup()
