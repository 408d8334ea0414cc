"""How fast raw ads land, beside `\\copy` of the same file and beside a row and a commit at a time.

    python bench/landing_rate.py                 # 500,000 generated ads
    python bench/landing_rate.py --ads 50000     # a try

Each way writes into a database of its own on the server of DATABASE_URL, or on the embedded one. `\\copy`
fills a table of one jsonb column; jobdash tells new, changed, known and repeated ads apart, and keeps
each sighting. The last line lands the same file again: nothing may be written twice.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg2.extras import Json

from core.batches import Batch
from core.database import connect, transaction
from core.migrations import migrate
from core.paths import MIGRATIONS, ROOT
from core.settings import Settings
from ingest.clock import DatabaseClock
from ingest.files.reading import read_files
from ingest.files.search import FileSearch
from ingest.reading import Teller
from ingest.simulator import ads_on
from pipeline.services import LocalServices

sys.path.insert(0, str(ROOT / "tests"))
from databases import new_database

DAY = date(2026, 1, 8)
WORLD = 20_000  # distinct texts; the rest differ in their ids
ONE_BY_ONE = 3_000
MAPPING = """
source: export
attribution: Generated ads
attribution_url: https://jobs.example
country: fr
fields: {id: id, title: title, posted: created, link: redirect_url}
volatile: [adref]
"""


def write_ads(path: Path, count: int) -> None:
    world = [ad for ad in ads_on(DAY, min(count, WORLD), seed=1) if isinstance(ad, dict)]
    with path.open("w", encoding="utf-8") as file:
        for number, ad in enumerate(islice(cycle(world), count)):
            file.write(json.dumps({**ad, "id": str(number)}, ensure_ascii=False) + "\n")


def copied(dsn: str, path: Path) -> str:
    """psql's own `\\copy`, or the same statement through the driver where there is no psql."""
    statement = "copy plain from stdin with (format csv, delimiter e'\\x01', quote e'\\x02')"
    with closing(connect(dsn)) as connection:
        with transaction(connection) as cursor:
            cursor.execute("create table plain (payload jsonb)")
        if psql := shutil.which("psql"):
            command = statement.replace("copy plain from stdin", f"\\copy plain from '{path}'")
            subprocess.run([psql, "--quiet", dsn, "-c", command], check=True)
            return "\\copy, one jsonb column"
        with transaction(connection) as cursor, path.open("rb") as file:
            cursor.copy_expert(statement, file)
    return "COPY, one jsonb column"


def one_by_one(dsn: str, path: Path) -> str:
    with closing(connect(dsn)) as connection, path.open(encoding="utf-8") as lines:
        with transaction(connection) as cursor:
            cursor.execute("create table plain (payload jsonb)")
        for line in islice(lines, ONE_BY_ONE):
            with transaction(connection) as cursor:
                cursor.execute("insert into plain values (%s)", (Json(json.loads(line)),))
    return "a row and a commit at a time"


def landed(dsn: str, path: Path, mapping: Path, batch: int) -> str:
    with closing(connect(dsn)) as connection:
        migrate(connection, MIGRATIONS)
        search = FileSearch(name="export", path=str(path), mapping=str(mapping))
        clock = DatabaseClock(connection)
        teller = Teller(page=lambda *_: None, note=print)
        read_files(connection, clock, Batch(batch, DAY), [search], teller)
        with transaction(connection) as cursor:
            cursor.execute(
                "select outcome, count(*) from raw.sightings where batch_id = %s group by 1",
                (batch,),
            )
            outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in cursor.fetchall())
    return f"jobdash: {outcomes}"


def timed(rows: int, work: Callable[[], str], beside: float | None = None) -> float:
    began = time.monotonic()
    told = work()
    rate = rows / (time.monotonic() - began)
    share = f"{rate / beside:8.2f} of \\copy" if beside else ""
    print(f"{rate:10,.0f} rows/s  {share:18}  {told}", flush=True)
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ads", type=int, default=500_000, help="how many (500,000)")
    count = parser.parse_args().ads
    with TemporaryDirectory(prefix="jobdash-bench-") as folder:
        path, mapping = Path(folder, "ads.jsonl"), Path(folder, "export.yml")
        mapping.write_text(MAPPING)
        write_ads(path, count)
        print(f"{count:,} ads, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
        server = os.environ.get("DATABASE_URL")
        services = LocalServices(Settings().local_folder)
        with new_database(server or services.start_postgres()) as dsn:
            rate = timed(count, lambda: copied(dsn, path))
        with new_database(server or services.start_postgres()) as dsn:
            timed(count, lambda: landed(dsn, path, mapping, 1), rate)
            timed(count, lambda: landed(dsn, path, mapping, 2), rate)
        with new_database(server or services.start_postgres()) as dsn:
            timed(min(count, ONE_BY_ONE), lambda: one_by_one(dsn, path), rate)


if __name__ == "__main__":
    main()
