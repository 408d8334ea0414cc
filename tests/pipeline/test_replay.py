"""Quarantined ads are judged again after a rule was mended: whole nights, by a mended project."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from houses import House
from psycopg2.extensions import connection as Connection

from core.batches import Batch, batch_to_collect, finish_run, start_run
from core.database import connect
from core.paths import DBT_PROJECT, SEARCHES
from pipeline import stages
from pipeline.context import Context
from pipeline.dbt import Dbt
from pipeline.replay import replay_quarantine
from pipeline.stages import STAGE_FUNCTIONS

DAY = date(2026, 1, 8)
RULE = "json_is('payload', 'latitude', ['number'])"
MENDED_RULE = "json_is('payload', 'latitude', ['number', 'string'])"


def ad(number: int, title: str | None, latitude: object = 48.1) -> dict:
    return {
        "id": str(number),
        "title": title,
        "description": "Nous cherchons une personne pour souder des cadres.",
        "redirect_url": f"https://www.adzuna.fr/details/{number}",
        "created": "2026-01-07T08:00:00Z",
        "latitude": latitude,
        "longitude": 7.2,
    }


NIGHTS = [
    [
        ad(1, "Soudeur"),
        ad(2, "Maçon", latitude="48.1"),
        ad(3, "Couvreur"),
        ad(4, "Peintre", latitude="48.1"),
        ad(5, None),
    ],
    [
        ad(1, "Soudeur"),
        ad(2, "Maçon", latitude="48.1"),
        ad(3, "Couvreur zingueur", latitude="48.1"),
        ad(4, "Peintre en bâtiment"),
        ad(5, None),
    ],
]


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    """The project with a rule that takes a latitude which is written as text."""
    project = tmp_path / "mended"
    shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    model = project / "models/staging/adzuna/stg_adzuna__ads.sql"
    sql = model.read_text(encoding="utf-8")
    assert RULE in sql
    model.write_text(sql.replace(RULE, MENDED_RULE), encoding="utf-8")
    return project


@pytest.fixture
def collected(house: House) -> House:
    """Two nights by the old rule."""
    for days_later, ads in enumerate(NIGHTS):
        house.collect_from(ads, DAY + timedelta(days=days_later))
    return house


@pytest.fixture
def replay(collected: House, mended: Path) -> Callable[[], Batch]:
    def replay() -> Batch:
        """A batch that collects from the quarantine, by the mended rule."""
        with closing(connect(collected.database_url)) as connection:
            batch = batch_to_collect(connection, DAY + timedelta(days=2))
            context = _context(collected, connection, batch, mended)
            for stage, function in {**STAGE_FUNCTIONS, "collect": stages.replay}.items():
                run = start_run(connection, batch, stage)
                finish_run(connection, run, function(context).counts)
            return batch

    return replay


def _context(house: House, connection: Connection, batch: Batch, project: Path) -> Context:
    return Context(
        house.settings("http://127.0.0.1:1"),
        connection,
        batch,
        Dbt(house.database_url, house.folder / "mended_dbt", project),
        SEARCHES,
        house.redis_url,
        house.database_url,
    )


def titles(house: House) -> dict[str, str]:
    return dict(house.query("select source_ad_id, title from marts.jobs"))


def quarantined(house: House) -> list[tuple]:
    return house.query(
        "select source_ad_id, quarantine_reasons from marts.quarantined_ads order by source_ad_id"
    )


@pytest.mark.timeout(900)  # four nights and a build from nothing
def test_what_a_mended_rule_takes_leaves_the_quarantine_and_is_shown(collected, replay, mended):
    assert titles(collected) == {"1": "Soudeur", "3": "Couvreur", "4": "Peintre en bâtiment"}
    assert [number for number, _ in quarantined(collected)] == ["2", "3", "4", "5"]

    batch = replay()
    law = collected.law(batch)
    assert law == {
        "collected": 2, "inserted": 1, "updated": 1, "unchanged": 0, "repeated": 0,
        "quarantined": 0, "vanished": 0,
    }  # fmt: skip
    # the first version of the fourth ad can be used too, but must not take the place of the second
    mended_titles = {
        "1": "Soudeur", "2": "Maçon", "3": "Couvreur zingueur", "4": "Peintre en bâtiment"
    }  # fmt: skip
    assert titles(collected) == mended_titles
    assert quarantined(collected) == [("4", "wrong types"), ("5", "no title")]

    with closing(connect(collected.database_url)) as connection:
        assert replay_quarantine(connection, batch) == 2, "asked again, no ad is replayed twice"

    # the other generation of the marts catches up with the next batch, which finds nothing to replay
    law = collected.law(replay())
    assert set(law.values()) == {0}
    assert titles(collected) == mended_titles
    assert quarantined(collected) == [("4", "wrong types"), ("5", "no title")]

    # a build from nothing ends with the same jobs; history and quarantine follow the mended rule
    # from the first day there
    history = ("batch_id", "job_key", "company_key", "location_key")
    incremental = collected.marts(without=history)
    for schema in ("intermediate", "marts_next"):
        collected.query(f"drop schema {schema} cascade; create schema {schema}")
    Dbt(collected.database_url, collected.folder / "mended_dbt", mended).build(select=["jobdash"])
    rebuilt = collected.marts(schema="marts_next", without=history)
    for mart in ("jobs", "job_skills", "job_stays", "companies", "locations", "sources"):
        assert rebuilt[mart] == incremental[mart], mart
