"""Batches and their audit: one row in `ops.batch_runs` per batch, stage and attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from core.database import transaction
from core.errors import LawBroken, StageOutOfOrder

STAGES = ("collect", "validate", "enrich", "vectorize", "export")


@dataclass(frozen=True)
class Batch:
    batch_id: int
    day: date


@dataclass(frozen=True)
class Law:
    """collected = inserted + updated + unchanged + repeated + quarantined; all are counts of items
    that the source answered. Vanished ads were open before and are missing from a complete search."""

    collected: int
    inserted: int
    updated: int
    unchanged: int
    repeated: int
    quarantined: int
    vanished: int = 0

    def check(self) -> None:
        parts = self.inserted + self.updated + self.unchanged + self.repeated + self.quarantined
        if parts != self.collected:
            raise LawBroken(
                f"The numbers of this batch do not add up: {self}. Nothing was published. "
                "Please report this with the output of `jobdash status --json`."
            )

    def __str__(self) -> str:
        return (
            f"{self.collected:,} collected = {self.inserted:,} inserted + {self.updated:,} updated "
            f"+ {self.unchanged:,} unchanged + {self.repeated:,} repeated "
            f"+ {self.quarantined:,} quarantined"
        )


def batch_to_collect(connection: Connection, day: date) -> Batch:
    """The batch of a date that is still open and the newest of all, or a new one.

    A batch that is no longer the newest is not gone on with: its number would be below that of rows
    that were published since, and incremental models would pass it over.
    """
    with transaction(connection) as cursor:
        cursor.execute(
            "select batch_id, batch_date, status from ops.batches order by batch_id desc limit 1"
        )
        newest = cursor.fetchone()
        if newest and newest[1] == day and newest[2] == "open":
            return Batch(newest[0], day)
        cursor.execute("update ops.batches set status = 'superseded' where status = 'open'")
        batch = Batch(newest[0] + 1 if newest else 1, day)
        cursor.execute(
            "insert into ops.batches (batch_id, batch_date) values (%s, %s)", (batch.batch_id, day)
        )
        return batch


def batch_of(connection: Connection, day: date) -> Batch | None:
    """The latest batch of a date, whatever became of it."""
    with transaction(connection) as cursor:
        cursor.execute("select max(batch_id) from ops.batches where batch_date = %s", (day,))
        batch_id = cursor.fetchone()[0]
    return Batch(batch_id, day) if batch_id else None


def batch_status(connection: Connection, batch: Batch) -> str:
    """`open`, `published` or `superseded`."""
    with transaction(connection) as cursor:
        cursor.execute("select status from ops.batches where batch_id = %s", (batch.batch_id,))
        return cursor.fetchone()[0]


def stages_done(connection: Connection, batch: Batch) -> set[str]:
    with transaction(connection) as cursor:
        cursor.execute(
            "select stage from ops.batch_runs where batch_id = %s and status = 'success'",
            (batch.batch_id,),
        )
        return {stage for (stage,) in cursor.fetchall()}


def require_stage_before(connection: Connection, batch: Batch, stage: str) -> None:
    place = STAGES.index(stage)
    if place and STAGES[place - 1] not in stages_done(connection, batch):
        before = STAGES[place - 1]
        raise StageOutOfOrder(
            f"The stage {before} of {batch.day} has not succeeded yet: "
            f"run `jobdash stage {before} --date {batch.day}` first."
        )


def start_run(connection: Connection, batch: Batch, stage: str) -> int:
    """Opens a row in the audit and returns its number.

    The caller holds the batch lock, so a row that still says `running` belongs to a dead process.
    """
    with transaction(connection) as cursor:
        cursor.execute(
            "update ops.batch_runs set status = 'failed', ended_at = now(),"
            " error = 'The process ended before the stage did.', error_type = 'ProcessEnded'"
            " where status = 'running'"
        )
        cursor.execute(
            "insert into ops.batch_runs (batch_id, batch_date, stage, attempt, status)"
            " select %(id)s, %(day)s, %(stage)s, coalesce(max(attempt), 0) + 1, 'running'"
            " from ops.batch_runs where batch_id = %(id)s and stage = %(stage)s returning run_id",
            {"id": batch.batch_id, "day": batch.day, "stage": stage},
        )
        return cursor.fetchone()[0]


def finish_run(
    connection: Connection,
    run_id: int,
    counts: Mapping[str, object],
    error: str | None = None,
    error_type: str | None = None,
) -> None:
    with transaction(connection) as cursor:
        cursor.execute(
            "update ops.batch_runs set status = %s, counts = %s, error = %s, error_type = %s,"
            " ended_at = now() where run_id = %s",
            ("failed" if error else "success", Json(dict(counts)), error, error_type, run_id),
        )
