"""A small published world: marts with ads of our own, a real model, and the audit that names them."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import yaml
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json, execute_values
from written_ads import Ad

from core.batches import Batch
from core.database import connect, transaction
from core.paths import DBT_PROJECT
from core.publication import Publication
from core.settings import Settings
from ml.model import build
from ml.store import write
from pipeline.publication import publish
from serve.cache import announce

FIRST_DAY = date(2026, 1, 8)
CONTRACTS = DBT_PROJECT / "models/marts/_marts__models.yml"


@dataclass(frozen=True)
class World:
    database_url: str
    redis_url: str
    store: Path

    @property
    def settings(self) -> Settings:
        return Settings(
            database_url=self.database_url,
            database_read_url=None,
            redis_url=self.redis_url,
            model_store=self.store,
        )

    def publish(self, number: int, ads: Sequence[Ad]) -> Publication:
        """A batch as a night makes it: the next marts, a model of them, the swap, the announcement."""
        batch = Batch(number, FIRST_DAY + timedelta(days=number - 1))
        version = f"tfidf_v{batch.day:%Y%m%d}"
        learnt = [ad for ad in ads if ad.is_open and ad.is_canonical]
        model = build(
            [f"{ad.title} {ad.description}" for ad in learnt],
            [ad.job_id for ad in learnt],
            batch_id=number,
            created=datetime(2026, 1, 8, tzinfo=UTC),
        )
        files = write(model, self.store, version)
        with closing(connect(self.database_url)) as connection, transaction(connection) as cursor:
            _make_marts(cursor, ads)
            _open_batch(cursor, batch, version, collected=len(ads))
            cursor.execute(
                "insert into ops.model_versions"
                " (version, batch_id, status, files, ads, features, corpus_sha256)"
                " values (%s, %s, 'built', %s, %s, %s, %s)",
                (
                    version, number, Json(files), model.manifest.ads, model.manifest.features,
                    model.manifest.corpus_sha256,
                ),
            )  # fmt: skip
        return self._swap(batch)

    def publish_again(self, number: int, version: str) -> Publication:
        """A batch whose next marts are those that the last swap put aside, with their model."""
        batch = Batch(number, FIRST_DAY + timedelta(days=number - 1))
        with closing(connect(self.database_url)) as connection, transaction(connection) as cursor:
            _open_batch(cursor, batch, version, collected=0)
        return self._swap(batch)

    def query(self, statement: str, *values: object) -> list[tuple]:
        with closing(connect(self.database_url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []

    def _swap(self, batch: Batch) -> Publication:
        with closing(connect(self.database_url)) as connection:
            published = publish(connection, batch)
        announce(self.redis_url, published, warn=lambda text: None)
        return published


def _open_batch(cursor: Cursor, batch: Batch, version: str, *, collected: int) -> None:
    cursor.execute(
        "insert into ops.batches (batch_id, batch_date, collected, inserted) values (%s, %s, %s, %s)",
        (batch.batch_id, batch.day, collected, collected),
    )
    for stage, counts in (("collect", {"ads": collected}), ("vectorize", {"version": version})):
        cursor.execute(
            "insert into ops.batch_runs (batch_id, batch_date, stage, attempt, status, counts)"
            " values (%s, %s, %s, 1, 'success', %s)",
            (batch.batch_id, batch.day, stage, Json(counts)),
        )


def _make_marts(cursor: Cursor, ads: Sequence[Ad]) -> None:
    """The tables as dbt's contracts promise them, so that reading another column fails here too."""
    cursor.execute("drop schema marts_next cascade; create schema marts_next")
    for model in yaml.safe_load(CONTRACTS.read_text(encoding="utf-8"))["models"]:
        if model["name"] in ("jobs", "companies", "locations"):
            columns = ", ".join(f"{made['name']} {made['data_type']}" for made in model["columns"])
            cursor.execute(f"create table marts_next.{model['name']} ({columns})")
    companies = {"(unknown)": -1} | {
        name: key for key, name in enumerate(sorted({ad.company for ad in ads} - {"(unknown)"}))
    }
    places = {place: key for key, place in enumerate(sorted({ad.place for ad in ads}))}
    _insert(
        cursor,
        "companies",
        [{"company_key": k, "company_name": name} for name, k in companies.items()],
    )
    _insert(
        cursor, "locations",
        [
            {"location_key": k, "city": c, "department_code": d, "region": r, "country_code": "fr"}
            for (c, d, r), k in places.items()
        ],
    )  # fmt: skip
    _insert(
        cursor, "jobs",
        [
            ad.columns() | {"company_key": companies[ad.company], "location_key": places[ad.place]}
            for ad in ads
        ],
    )  # fmt: skip


def _insert(cursor: Cursor, table: str, rows: list[dict[str, object]]) -> None:
    values = [tuple(_plain(value) for value in row.values()) for row in rows]
    execute_values(
        cursor, f"insert into marts_next.{table} ({', '.join(rows[0])}) values %s", values
    )


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value
