"""Real ads through the staging model, in the database that they would be in."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from psycopg2.extensions import parse_dsn
from psycopg2.extras import execute_values
from real_ads import read_ads, shared_file

from core.database import transaction
from core.paths import DBT_PROJECT
from ingest.france_travail.identity import identify
from ingest.landing import make_month
from ingest.payload import to_json

NOW = datetime(2026, 1, 8, 0, 30, tzinfo=UTC)


def land(connection, ads: list[dict]) -> None:
    make_month(connection, NOW)
    with transaction(connection) as cursor:
        rows = [(identify("fr", ad), to_json(ad).decode()) for ad in ads]
        execute_values(
            cursor,
            "insert into raw.ads (job_id, source, country, ad_id, payload, content_hash, batch_id,"
            " fetched_at) values %s",
            [
                (str(who.job_id), "france_travail", "fr", who.ad_id, ad, who.content_hash, 0, NOW)
                for who, ad in rows
            ],
        )


def dbt(database: str, folder: Path, *arguments: str) -> None:
    address = parse_dsn(database)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATABASE_URL": "set by the variables below",
        "DBT_HOST": address["host"],
        "DBT_PORT": address.get("port", "5432"),
        "DBT_USER": address["user"],
        "DBT_ENV_SECRET_PASSWORD": address.get("password", ""),
        "DBT_NAME": address["dbname"],
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    ended = subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), *arguments],
        cwd=DBT_PROJECT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture
def staged(database, connection, tmp_path):
    """Answers one row of numbers about the real ads as staging shows them."""
    land(connection, read_ads(shared_file("france_travail", "offres_2024-11-28.jsonl.gz")))
    dbt(database, tmp_path, "build", "--select", "staging.france_travail")

    def count(*conditions: str) -> tuple[int, ...]:
        counted = ", ".join(f"count(*) filter (where {condition})" for condition in conditions)
        with transaction(connection) as cursor:
            cursor.execute(f"select {counted} from staging.stg_france_travail__ads")
            return cursor.fetchone()

    return count


def test_real_ads_are_all_usable_and_say_what_they_say(staged):
    assert staged("true", "quarantine_reasons is null", "url like 'https://candidat.%'") == (
        1_049,
        1_049,
        1_049,
    )
    # 343 have a label of pay; three of them are "Annuel de" and no more, two name no period. 87 have only
    # a comment.
    assert staged("salary_min is not null", "salary_text is not null") == (340, 430)
    assert staged("salary_min is not null and salary_period_text is null") == (2,)
    assert staged("salary_max < salary_min", "salary_min < 5") == (0, 0)
    # 220 say "France", nine a region or a country
    assert staged("department_code is null", "area_1 is null") == (229, 9)
    # one is a franchise
    kinds = ("permanent", "fixed_term", "temporary", "apprenticeship", "freelance")
    assert staged(*(f"contract_type = '{kind}'" for kind in kinds)) == (867, 56, 71, 24, 30)
    assert staged(r"description ~ '\n'", "length(description) > 1000")[0] > 900
