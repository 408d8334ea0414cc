"""A small published world: marts with ads of our own, a real model, and the audit that names them."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml
from flask.testing import FlaskClient
from houses import House
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json, execute_values
from written_ads import SOURCES, UNKNOWN, Ad

from core.batches import Batch
from core.database import connect, transaction
from core.paths import DBT_PROJECT
from core.publication import Publication
from core.settings import Settings
from ml.corpus import Ad as ReadAd
from ml.facts import Listing
from ml.model import build
from ml.store import write
from pipeline.publication import publish
from serve.app import create_app
from serve.cache import announce

FIRST_DAY = date(2026, 1, 8)
CONTRACTS = DBT_PROJECT / "models/marts/_marts__models.yml"


@dataclass(frozen=True)
class World(House):
    @property
    def store(self) -> Path:
        return self.folder / "models"

    def settings(self, **others: object) -> Settings:
        known = {
            "database_url": self.database_url,
            "database_read_url": None,
            "redis_url": self.redis_url,
            "model_store": self.store,
        }
        return Settings(**known | others)

    def client(self, **others: object) -> FlaskClient:
        return create_app(self.settings(**others)).test_client()

    def publish(self, number: int, ads: Sequence[Ad]) -> Publication:
        """A batch as a night makes it: the next marts, a model of them, the swap, the announcement."""
        batch = _batch(number)
        version = f"tfidf_v{batch.day:%Y%m%d}"
        learnt = [ad for ad in ads if ad.is_open and ad.is_canonical]
        model = build(
            [ReadAd(ad.job_id, ad.title, ad.description, skills=ad.skills) for ad in learnt],
            [_listing(ad, learnt) for ad in ads if ad.is_open],
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
                " values (%s, %s, 'built', %s, %s, 1, '')",
                (version, number, Json(files), len(learnt)),
            )
        return self._swap(batch)

    def publish_what_was(self, number: int, version: str) -> Publication:
        """A batch whose next marts are those that the last swap put aside; `version` is of them."""
        batch = _batch(number)
        with closing(connect(self.database_url)) as connection, transaction(connection) as cursor:
            _open_batch(cursor, batch, version, collected=0)
        return self._swap(batch)

    def _swap(self, batch: Batch) -> Publication:
        with closing(connect(self.database_url)) as connection:
            published = publish(connection, batch)
        announce(self.redis_url, published, warn=print)
        return published


def _listing(ad: Ad, learnt: Sequence[Ad]) -> Listing:
    standing = next(other for other in learnt if other.posting_name == ad.posting_name)
    city, department, region = ad.place
    _, most, period = ad.pay
    return Listing(
        ad.job_id, standing.job_id, ad.country_code, region, department, city,
        None if ad.company == UNKNOWN else ad.company,
        contract=ad.contract_type, language=ad.language, source=ad.source,
        annual_pay=most if period == "year" else None, posted=date(2026, 1, 5), title=ad.title,
    )  # fmt: skip


def _batch(number: int) -> Batch:
    return Batch(number, FIRST_DAY + timedelta(days=number - 1))


def _open_batch(cursor: Cursor, batch: Batch, version: str, *, collected: int) -> None:
    cursor.execute(
        "insert into ops.batches (batch_id, batch_date, collected, inserted)"
        " values (%s, %s, %s, %s)",
        (batch.batch_id, batch.day, collected, collected),
    )
    for stage in ("vectorize", "validate", "enrich", "collect"):
        counts = {"version": version} if stage == "vectorize" else {}
        cursor.execute(
            "insert into ops.batch_runs (batch_id, batch_date, stage, attempt, status, counts)"
            " values (%s, %s, %s, 1, 'success', %s)",
            (batch.batch_id, batch.day, stage, Json(counts)),
        )


def _make_marts(cursor: Cursor, ads: Sequence[Ad]) -> None:
    """The tables as dbt's contracts promise them, so that reading another column fails here too."""
    cursor.execute("drop schema marts_next cascade; create schema marts_next")
    for model in yaml.safe_load(CONTRACTS.read_text(encoding="utf-8"))["models"]:
        if model["name"] in (
            *("jobs", "companies", "locations", "sources", "skills"),
            *("job_skills", "job_changes", "job_stays", "pay_mentions"),
            *("monthly_openings", "skill_trends", "pay_trends"),
        ):
            columns = ", ".join(f"{made['name']} {made['data_type']}" for made in model["columns"])
            cursor.execute(f"create table marts_next.{model['name']} ({columns})")
    _insert(cursor, "sources", SOURCES)
    companies = {UNKNOWN: -1}
    for ad in ads:
        companies.setdefault(ad.company, len(companies))
    places = {place: key for key, place in enumerate(sorted({ad.place for ad in ads}))}
    _insert(
        cursor,
        "companies",
        [{"company_key": key, "company_name": name} for name, key in companies.items()],
    )
    _insert(
        cursor,
        "locations",
        [
            {"location_key": key, "city": city, "department_code": code, "region": region}
            for (city, code, region), key in places.items()
        ],
    )
    _insert(
        cursor,
        "jobs",
        [
            ad.columns() | {"company_key": companies[ad.company], "location_key": places[ad.place]}
            for ad in ads
        ],
    )


def _insert(cursor: Cursor, table: str, rows: list[dict[str, object]]) -> None:
    into = f"insert into marts_next.{table} ({', '.join(rows[0])}) values %s"
    execute_values(cursor, into, [tuple(row.values()) for row in rows])
