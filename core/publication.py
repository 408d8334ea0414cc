"""What readers see now: one batch's marts with one model. Reading it holds it still."""

from dataclasses import dataclass
from datetime import datetime

from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True)
class Publication:
    batch_id: int
    model_version: str
    published_at: datetime


def hold_publication(cursor: Cursor) -> Publication | None:
    """The publication of this transaction: until it ends, `export` waits with the next one.

    Reading the table takes its weakest lock, which conflicts only with the exclusive one that the
    swap takes. None before the first export.
    """
    cursor.execute("select batch_id, model_version, published_at from ops.publication")
    row = cursor.fetchone()
    return Publication(*row) if row else None
