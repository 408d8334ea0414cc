"""A restore to a minute between two nights, at 100,000 ads: are marts and audit the same, in how long?

    python bench/restore_drill.py [ADS]

Servers of its own, with a backup before there is any ad and one a day later, and WAL received all the
while. The first restore has nothing but WAL for the whole stock, the second one what a day brings.
"""

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from scratch import own_server
from stock.nights import Stock

from core.database import connect
from core.migrations import migrate
from core.paths import MIGRATIONS
from core.settings import Settings
from pipeline.addresses import Addresses
from pipeline.backup.hashes import different, hashes
from pipeline.backup.restore import restore
from pipeline.backup.run import back_up
from pipeline.backup.store import BackupStore
from pipeline.progress import seconds
from pipeline.services import LocalServices

ADS, A_NIGHT, SEEN_AGAIN = 100_000, 250, 1_000
GOAL_S = 300


def main(ads: int) -> None:
    with TemporaryDirectory(prefix="jobdash-bench-") as scratch, own_server(Path(scratch)) as dsn:
        folder = Path(scratch)
        settings = Settings(database_url=dsn, local_folder=folder)
        addresses = Addresses(dsn, LocalServices(folder).start_cache())
        try:
            tell(settings, addresses, ads)
        finally:
            LocalServices(folder).stop_cache()


def tell(settings: Settings, addresses: Addresses, ads: int) -> None:
    dsn, store = addresses.database_url, BackupStore(settings.backup_store)
    with closing(connect(dsn)) as connection:
        migrate(connection, MIGRATIONS)
    stock = Stock(dsn, settings.local_folder, processes=2)
    back_up(settings, addresses)
    with wal_received(settings):
        stock.batch(ads, is_first=True)
        first = now_and_hashes(dsn)
        stock.batch(A_NIGHT, seen_again=SEEN_AGAIN)
        began = time.monotonic()
        back_up(settings, addresses)
        print(f"a backup of {ads:,} ads: {seconds(began)}", flush=True)
        stock.batch(A_NIGHT, seen_again=SEEN_AGAIN)
        second = now_and_hashes(dsn)
        stock.batch(A_NIGHT, seen_again=SEEN_AGAIN)
        back_up(settings, addresses)
    for told, (moment, was) in (("all of it from WAL", first), ("a day of WAL", second)):
        took, differ = restored(store, moment, was, settings.local_folder / "restored")
        print(
            f"to {moment:%H:%M:%S} UTC, between two nights, {told}: {took:.1f} s (goal: under"
            f" {GOAL_S} s); {len(was) - len(differ)} of {len(was)} tables have the same hash"
        )
        if differ:
            sys.exit(f"not the same: {', '.join(differ)}")


@contextmanager
def wal_received(settings: Settings) -> Iterator[None]:
    receiver = subprocess.Popen(
        [str(Path(sys.executable).with_name("jobdash")), "backup", "wal"],
        env={"PATH": "/usr/bin:/bin", "JOBDASH_LOCAL": str(settings.local_folder)},
    )
    try:
        yield
    finally:
        receiver.terminate()
        receiver.wait()


def now_and_hashes(dsn: str) -> tuple[datetime, dict[str, str]]:
    with closing(connect(dsn)) as connection:
        found = hashes(connection)
        return datetime.now(UTC), found


def restored(
    store: BackupStore, moment: datetime, was: dict[str, str], folder: Path
) -> tuple[float, list[str]]:
    """Seconds until the restored server takes writes, and which tables are not as they were."""
    began = time.monotonic()
    done = restore(store, moment, folder, lambda text: print(f"  {text}", flush=True))
    took = time.monotonic() - began
    try:
        with closing(connect(done.dsn)) as connection:
            return took, different(hashes(connection), was)
    finally:
        done.recovery.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ads", nargs="?", type=int, default=ADS, help="how many (100,000)")
    main(parser.parse_args().ads)
