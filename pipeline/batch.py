"""One batch: its stages in order, each written down, each able to go on after a fault."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import psycopg2
from psycopg2.extensions import connection as Connection

from core.batches import (
    STAGES,
    Batch,
    batch_of,
    batch_status,
    batch_to_collect,
    finish_run,
    require_stage_before,
    stages_done,
    start_run,
)
from core.database import batch_lock, connect
from core.errors import DbtFailed, JobdashError, StageOutOfOrder
from core.settings import Settings
from pipeline.addresses import Addresses
from pipeline.context import Context
from pipeline.dbt import Dbt
from pipeline.gate import let_through
from pipeline.progress import say, seconds
from pipeline.stages import STAGE_FUNCTIONS, Done, replay


def run_batch(
    settings: Settings, addresses: Addresses, day: date, searches: Path, *, once: bool = False
) -> Batch:
    """All five stages. Goes on where an open batch of the date stopped; else begins a new one.

    With `once` the batch of the date is left alone when it is published.
    """
    with _work(addresses) as connection:
        if once and (published := _published_batch(connection, day)):
            say(f"batch {published.batch_id} of {day} is published already")
            return published
        batch = batch_to_collect(connection, day)
        done = stages_done(connection, batch)
        say(f"batch {batch.batch_id} of {day}" + (" goes on" if done else ""))
        context = _context(settings, addresses, connection, batch, searches)
        _run_stages(context, [stage for stage in STAGES if stage not in done])
    return batch


def replay_batch(settings: Settings, addresses: Addresses, day: date, searches: Path) -> Batch:
    """A batch that asks no source: it judges quarantined ads again and publishes what became usable.

    Raises StageOutOfOrder where the date's batch was left open with its ads collected.
    """
    with _work(addresses) as connection:
        batch = batch_to_collect(connection, day)
        if stages_done(connection, batch):
            raise StageOutOfOrder(
                f"The batch of {day} is half done: run `jobdash run --date {day}` first."
            )
        say(f"batch {batch.batch_id} of {day} replays the quarantine")
        context = _context(settings, addresses, connection, batch, searches)
        _run_stages(context, STAGES, {**STAGE_FUNCTIONS, "collect": replay})
    return batch


def run_stage(
    settings: Settings, addresses: Addresses, day: date, stage: str, searches: Path
) -> None:
    """One stage of the date's batch. Raises StageOutOfOrder when the one before has not succeeded."""
    with _work(addresses) as connection:
        if stage == STAGES[0]:
            batch = batch_to_collect(connection, day)
        else:
            batch = _open_batch(connection, day, stage)
        if batch is None:
            say(f"{stage:<13} the batch of {day} is published already: nothing to do")
            return
        require_stage_before(connection, batch, stage)
        context = _context(settings, addresses, connection, batch, searches)
        _run_stages(context, [stage])


def publish_anyway(
    settings: Settings, addresses: Addresses, day: date, reason: str, person: str, searches: Path
) -> None:
    """Lets the date's batch through the gate, on record, and publishes it."""
    with _work(addresses) as connection:
        batch = _open_batch(connection, day, STAGES[-1])
        if batch is None:
            say(f"the batch of {day} is published already: nothing to do")
            return
        require_stage_before(connection, batch, STAGES[-1])
        let_through(connection, batch, reason, person)
        context = _context(settings, addresses, connection, batch, searches)
        _run_stages(context, [STAGES[-1]])


@contextmanager
def _work(addresses: Addresses) -> Iterator[Connection]:
    with (
        batch_lock(addresses.database_url),
        closing(connect(addresses.database_url)) as connection,
    ):
        yield connection


def _published_batch(connection: Connection, day: date) -> Batch | None:
    batch = batch_of(connection, day)
    return batch if batch and batch_status(connection, batch) == "published" else None


def _open_batch(connection: Connection, day: date, stage: str) -> Batch | None:
    """None where the date's batch is published; a later batch's date cannot be gone on with."""
    batch = batch_of(connection, day)
    if batch is None:
        raise StageOutOfOrder(
            f"There is no batch of {day} yet: run `jobdash stage collect --date {day}` first."
        )
    status = batch_status(connection, batch)
    if status == "superseded":
        raise StageOutOfOrder(
            f"The batch of {day} was left open when a later one began, which took over its ads. "
            f"To collect that date again run `jobdash run --date {day}`."
        )
    return None if status == "published" else batch


def _context(
    settings: Settings, addresses: Addresses, connection: Connection, batch: Batch, searches: Path
) -> Context:
    dbt = Dbt(addresses.database_url, settings.local_folder / "dbt")
    return Context(
        settings, connection, batch, dbt, searches, addresses.redis_url, addresses.database_url
    )


def _run_stages(
    context: Context,
    stages: Sequence[str],
    functions: Mapping[str, Callable[[Context], Done]] = STAGE_FUNCTIONS,
) -> None:
    for stage in stages:
        _run_stage(context, stage, functions[stage])


def _run_stage(context: Context, stage: str, function: Callable[[Context], Done]) -> None:
    run_id = start_run(context.connection, context.batch, stage)
    began = time.monotonic()
    say(f"{stage:<13} ...")
    try:
        done = function(context)
    except BaseException as error:
        why = str(error) if isinstance(error, JobdashError) else f"{type(error).__name__}: {error}"
        try:
            finish_run(context.connection, run_id, {}, why, type(error).__name__)
        except psycopg2.Error as gone:  # the database itself may be what failed
            if isinstance(error, DbtFailed):  # which tells of that as of any other error
                raise gone from error
        raise
    finish_run(context.connection, run_id, done.counts)
    say(f"{stage:<13} {done.told} ({seconds(began)})")
