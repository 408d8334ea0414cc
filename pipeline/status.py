"""`jobdash status`: the last batches with their stages, counts and errors."""

from dataclasses import fields

from psycopg2.extensions import connection as Connection
from psycopg2.extras import RealDictCursor

from core.batches import STAGES, Law
from pipeline.progress import say


def last_batches(connection: Connection, how_many: int) -> list[dict]:
    """Newest first; each with its latest attempt of every stage under `stages`."""
    with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute("select * from ops.batches order by batch_id desc limit %s", (how_many,))
        batches = [dict(row) for row in cursor.fetchall()]
        cursor.execute(
            "select distinct on (batch_id, stage) batch_id, stage, attempt, status, counts, error,"
            " started_at, ended_at from ops.batch_runs where batch_id = any(%s)"
            " order by batch_id, stage, attempt desc",
            ([batch["batch_id"] for batch in batches],),
        )
        runs = [dict(row) for row in cursor.fetchall()]
    for batch in batches:
        batch["stages"] = sorted(
            (run for run in runs if run["batch_id"] == batch["batch_id"]),
            key=lambda run: STAGES.index(run["stage"]),
        )
    return batches


def show(batches: list[dict]) -> None:
    for batch in batches:
        law = Law(**{field.name: batch[field.name] for field in fields(Law)})
        say(f"batch {batch['batch_id']} of {batch['batch_date']}: {batch['status']}")
        say(f"  {law}; {law.vanished:,} vanished")
        say("  " + ", ".join(_told(run) for run in batch["stages"]))
        for run in batch["stages"]:
            if run["status"] == "failed":
                say(f"  {run['stage']} failed: " + run["error"].replace("\n", "\n    "))


def _told(run: dict) -> str:
    if run["status"] != "success":
        return f"{run['stage']} {run['status']} (attempt {run['attempt']})"
    return f"{run['stage']} {(run['ended_at'] - run['started_at']).total_seconds():.1f} s"
