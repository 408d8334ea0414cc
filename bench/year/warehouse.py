"""The stays as dbt tells them."""

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg2.extensions import connection as Connection

from core.database import transaction
from pipeline.dbt import Dbt
from year.stays import Stay


def build_stays(dsn: str) -> None:
    """Runs dbt once over all batches. Raises DbtFailed."""
    with TemporaryDirectory(prefix="jobdash-dbt-") as scratch:
        Dbt(dsn, Path(scratch)).build(select=["+int_ad_stays"])


def stays_in_dbt(connection: Connection) -> dict[str, list[Stay]]:
    """By job_id, in order."""
    found: dict[str, list[Stay]] = defaultdict(list)
    with transaction(connection) as cursor:
        cursor.execute(
            "select job_id::text, first_seen_batch_id, last_seen_batch_id, vanished_batch_id,"
            " closed_batch_id from intermediate.int_ad_stays order by job_id, stay_number"
        )
        for job_id, *batches in cursor:
            found[job_id].append(Stay(*batches))
    return dict(found)
