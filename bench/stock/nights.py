"""Batches of generated ads, from `raw` to published, with the seconds of each model and its tests."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from psycopg2.extensions import connection as Connection

from core.batches import Batch, batch_to_collect, finish_run, start_run
from core.database import connect, transaction
from core.settings import Settings
from pipeline.context import Context
from pipeline.dbt import Dbt
from pipeline.publication import publish
from pipeline.stages import Done, enrich, validate
from stock.ads import DAY, YEAR, chunks
from stock.landing import land
from stock.memory import Memory, Peak

TOLD_EVERY = 50_000  # ads
# No model is learned here; a publication names one.
NO_MODEL = "none"


@dataclass
class Figures:
    """What one batch took: seconds by stage, by model, and by the tests of each model. Two models are
    built at once, so that the stages take less than the sum of the models."""

    ads: int
    stages: dict[str, float] = field(default_factory=dict)
    models: dict[str, float] = field(default_factory=dict)
    tests: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, Peak] = field(default_factory=dict)


class Stock:
    """Fills a migrated database batch by batch. `folder` is for dbt's scratch, `processes` invent the
    ads. Today is the machine's, so that the views that look at the last days have something to show."""

    def __init__(self, dsn: str, folder: Path, processes: int):
        self._dsn = dsn
        self._folder = folder
        self._processes = processes
        self._today = date.today()
        self._slots = 0

    def batch(self, ads: int, *, seen_again: int = 0, is_first: bool = False) -> Figures:
        """New ads, of a whole year until yesterday in the first batch and of today in others, beside
        `seen_again` of those before, some edited since. Raises DbtFailed and LawBroken."""
        figures = Figures(ads)
        # one a batch: dbt compiles the tests of ephemeral models only once with what it has parsed
        dbt = Dbt(self._dsn, self._folder / "dbt")
        with closing(connect(self._dsn)) as connection:
            batch = batch_to_collect(connection, self._today)
            self._collect(connection, batch, figures, seen_again, is_first)
            context = Context(Settings(), connection, batch, dbt, Path(), "", self._dsn)
            for stage in (validate, enrich):
                self._run(context, stage, figures)
            _publish(connection, batch)
        return figures

    def _collect(
        self,
        connection: Connection,
        batch: Batch,
        figures: Figures,
        seen_again: int,
        is_first: bool,
    ) -> None:
        until = self._today - DAY if is_first else self._today
        since = until - YEAR if is_first else until
        first, count = self._slots - seen_again, seen_again + figures.ads
        generated = chunks(first, count, since, until, self._processes)
        self._slots += figures.ads
        began = time.monotonic()
        for landed in land(connection, batch, generated, "sweep" if is_first else "news"):
            if landed % TOLD_EVERY == 0:
                print(f"  {landed:,} ads landed", flush=True)
        with transaction(connection) as cursor:
            cursor.execute("analyze raw.ads, raw.sightings, raw.known_ads")
        figures.stages["collect"] = time.monotonic() - began

    def _run(self, context: Context, stage: Callable[[Context], Done], figures: Figures) -> None:
        name = stage.__name__
        run = start_run(context.connection, context.batch, name)
        began = time.monotonic()
        with Memory(context.connection.info.backend_pid) as memory:
            done = stage(context)
        figures.stages[name] = time.monotonic() - began
        figures.peaks[name] = memory.peak
        finish_run(context.connection, run, done.counts)
        _count_seconds(context.dbt, figures)
        print(f"  {name} {figures.stages[name]:.1f} s: {done.told}", flush=True)


def _count_seconds(dbt: Dbt, figures: Figures) -> None:
    """Of dbt's last call, by model."""
    for result in dbt.last_results:
        node = result.node
        if node.resource_type == "model":
            figures.models[node.name] = result.execution_time
        elif node.resource_type == "test":
            attached = getattr(node, "attached_node", None)  # a test of no single model has none
            of = (attached or node.depends_on.nodes[0]).rsplit(".", 1)[-1]
            figures.tests[of] = figures.tests.get(of, 0.0) + result.execution_time


def _publish(connection: Connection, batch: Batch) -> None:
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into ops.model_versions"
            " (version, batch_id, status, files, ads, features, corpus_sha256)"
            " values (%s, %s, 'active', '{}', 0, 0, '') on conflict do nothing",
            (NO_MODEL, batch.batch_id),
        )
    finish_run(connection, start_run(connection, batch, "vectorize"), {"version": NO_MODEL})
    start_run(connection, batch, "export")
    publish(connection, batch)
