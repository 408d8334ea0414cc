"""A warehouse of generated ads, made as a night makes it: landed, built by dbt, learned, published."""

import os
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from psycopg2.extensions import connection as Connection
from stock.ads import DAY, YEAR, chunks
from stock.landing import land

from core.batches import Batch, batch_to_collect, finish_run, start_run
from core.database import connect, transaction
from core.migrations import migrate
from core.paths import MIGRATIONS
from core.settings import Settings
from ml.errors import ModelUnusable
from ml.store import load
from pipeline.context import Context
from pipeline.dbt import Dbt
from pipeline.progress import seconds
from pipeline.stages import enrich, export, validate, vectorize


def model_store(folder: Path) -> Path:
    return folder / "models"


def publish_generated(dsn: str, redis_url: str, folder: Path, ads: int) -> None:
    """As many ads, of a year until yesterday. Those that an earlier run left in the folder stay; what is
    made of them is made again where this release cannot read the model."""
    with closing(connect(dsn)) as connection:
        migrate(connection, MIGRATIONS)
        landed = _landed(connection)
        if landed not in (0, ads):
            sys.exit(f"There are {landed:,} ads in {folder} already: take another folder.")
        if _is_readable(connection, model_store(folder)):
            return
        batch = batch_to_collect(connection, date.today())
        if not landed:
            _collect(connection, batch, ads)
        settings = Settings(model_store=model_store(folder), local_folder=folder)
        dbt = Dbt(dsn, folder / "dbt")
        _build(Context(settings, connection, batch, dbt, Path(), redis_url, dsn))


def _landed(connection: Connection) -> int:
    with transaction(connection) as cursor:
        cursor.execute("select count(*) from raw.known_ads")
        return cursor.fetchone()[0]


def _is_readable(connection: Connection, store: Path) -> bool:
    with transaction(connection) as cursor:
        cursor.execute(
            "select version, files from ops.model_versions"
            " join ops.publication on version = model_version"
        )
        published = cursor.fetchone()
    try:
        return published is not None and bool(load(store, *published))
    except ModelUnusable:
        return False


def _collect(connection: Connection, batch: Batch, ads: int) -> None:
    began, until = time.monotonic(), date.today() - DAY
    generated = chunks(0, ads, until - YEAR, until, processes=os.cpu_count() or 1)
    for _ in land(connection, batch, generated, "sweep"):
        pass
    with transaction(connection) as cursor:
        cursor.execute("analyze raw.ads, raw.sightings, raw.known_ads")
    print(f"  collect    {ads:,} ads landed ({seconds(began)})", flush=True)


def _build(context: Context) -> None:
    for stage in (validate, enrich, vectorize, export):
        began = time.monotonic()
        run = start_run(context.connection, context.batch, stage.__name__)
        done = stage(context)
        finish_run(context.connection, run, done.counts)
        print(f"  {stage.__name__:<11}{done.told} ({seconds(began)})", flush=True)
