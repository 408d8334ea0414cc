"""The models' rows in `ops.model_versions`, and the ads that a model is built from."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from core.batches import Batch
from core.database import transaction

if TYPE_CHECKING:
    from ml.manifest import Manifest

READ_AT_ONCE = 10_000


def read_corpus(connection: Connection) -> tuple[list[UUID], list[str]]:
    """One open ad of every posting of the next marts: its id, and title and text in one."""
    ids: list[UUID] = []
    texts: list[str] = []
    with connection, connection.cursor(name="corpus") as cursor:
        cursor.itersize = READ_AT_ONCE
        cursor.execute(
            "select job_id, concat_ws(' ', title, description) from marts_next.jobs"
            " where is_open and is_canonical order by job_id"
        )
        for job_id, text in cursor:
            ids.append(UUID(job_id))
            texts.append(text)
    return ids, texts


def newest_version_for(connection: Connection, corpus_sha256: str, store: Path) -> str | None:
    """The newest version that was built from exactly these ads, if its files are still whole."""
    from ml.errors import ModelUnusable
    from ml.store import load

    with transaction(connection) as cursor:
        cursor.execute(
            "select version, files from ops.model_versions where corpus_sha256 = %s"
            " order by created_at desc limit 1",
            (corpus_sha256,),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    version, files = row
    try:
        load(store, version, files)
    except ModelUnusable:
        return None
    return version


def published_version(connection: Connection) -> str | None:
    with transaction(connection) as cursor:
        cursor.execute("select model_version from ops.publication")
        row = cursor.fetchone()
    return row[0] if row else None


def taken(connection: Connection) -> set[str]:
    with transaction(connection) as cursor:
        cursor.execute("select version from ops.model_versions")
        return {version for (version,) in cursor.fetchall()}


def record_version(
    connection: Connection, batch: Batch, version: str, files: dict, manifest: "Manifest"
) -> None:
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into ops.model_versions"
            " (version, batch_id, status, files, ads, features, parent, corpus_sha256)"
            " values (%s, %s, 'built', %s, %s, %s, %s, %s)",
            (
                version, batch.batch_id, Json(files), manifest.ads, manifest.features,
                manifest.parent, manifest.corpus_sha256,
            ),
        )  # fmt: skip
