"""The lives of ads in a small world, built every night, at once, and with nights that were missed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from databases import new_database
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from diary import (
    ADS,
    BATCHES,
    EVENTS,
    Diary,
    Stay,
    day,
    draw,
    is_open_after,
    job_id,
    openings,
    stays_of,
    write_batch,
    write_searches,
)

from core.database import connect
from core.paths import DBT_PROJECT
from pipeline.dbt import Dbt

STAYS = ["int_ad_searches", "int_ad_stays"]
LIVES = ["int_ad_stays", "int_ad_versions", "int_ad_changes", "int_batches_counted"]
MARTS = ["job_stays", "job_history", "job_changes", "daily_openings"]
INTERMEDIATE = [*STAYS, *LIVES, "int_ads_cleaned", "int_ads_tracked"]
ALL = [*INTERMEDIATE, *MARTS]

# After which batches what is built. With gaps, several batches come at once, and to the marts more still.
SCHEDULES: Mapping[str, Mapping[int, list[str]]] = {
    "every night": {**dict.fromkeys(BATCHES, STAYS), BATCHES[-1]: ALL},
    "at once": {BATCHES[-1]: ALL},
    "with gaps": {
        **dict.fromkeys((2, 7, 8, 18), INTERMEDIATE),
        **dict.fromkeys((1, 4, 9, 14, 15, BATCHES[-1]), ALL),
    },
}

# Some forty runs of dbt, on a machine that may be busy.
pytestmark = pytest.mark.timeout(1200)


@dataclass(frozen=True)
class House:
    """One database in which one diary was written down and built."""

    dsn: str

    def rows(self, statement: str) -> list[tuple]:
        with closing(connect(self.dsn)) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def everything(self) -> dict[str, list[tuple]]:
        tables = [f"intermediate.{name}" for name in LIVES] + [
            f"marts_next.{name}" for name in MARTS
        ]
        return {table: sorted(self.rows(f"select * from {table}"), key=str) for table in tables}


@pytest.fixture(scope="module")
def diary() -> Diary:
    return draw(seed=1)


@pytest.fixture(scope="module")
def houses(
    diary: Diary, server_dsn: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], House]]:
    """The house of a schedule, built when a test first asks for it."""
    scratch = tmp_path_factory.mktemp("dbt")
    with ExitStack() as databases:

        @cache
        def built(schedule: str) -> House:
            dsn = databases.enter_context(new_database(server_dsn, template=template_database))
            _live(dsn, diary, SCHEDULES[schedule], scratch)
            return House(dsn)

        yield built


@pytest.fixture(params=SCHEDULES)
def house(houses: Callable[[str], House], request: pytest.FixtureRequest) -> House:
    return houses(request.param)


def _live(dsn: str, diary: Diary, schedule: Mapping[int, list[str]], scratch: Path) -> None:
    Dbt(dsn, scratch)  # names the database in the environment, where profiles.yml reads it
    write_searches(dsn)
    _dbt_run(dsn, scratch, ["stg_landing__sightings", "stg_landing__sweeps", "+int_ads_unioned"])
    for batch in BATCHES:
        write_batch(dsn, diary, batch)
        if batch in schedule:
            _dbt_run(dsn, scratch, schedule[batch])


def _dbt_run(dsn: str, scratch: Path, models: list[str]) -> None:
    folders = [
        *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
        *("--target-path", str(scratch / "target"), "--log-path", str(scratch / "logs")),
    ]
    runner = dbtRunner(manifest=_parsed(dsn, tuple(folders)).deepcopy())
    ended = runner.invoke(["--quiet", "run", "--target", "shared", "--select", *models, *folders])
    assert ended.success, ended.exception or [result.message for result in ended.result]


@cache
def _parsed(dsn: str, folders: tuple[str, ...]) -> Manifest:
    """The project against one database: to read it takes longer than to run it."""
    manifest = dbtRunner().invoke(["--quiet", "parse", "--target", "shared", *folders]).result
    manifest.selectors.clear()  # dbt copies no manifest that has some
    return manifest


# ------------------------------------------------------------------------------------------- stays


def test_the_world_has_all_that_can_happen_to_an_ad(diary):
    lives = [stays_of(diary, ad) for ad in ADS if diary.batches_that_saw(ad)]
    stays = [stay for life in lives for stay in life]
    assert any(stay.returned and not stay.closed for stay in stays)
    assert any(stay.returned and stay.closed for stay in stays)
    assert any(stay.vanished and not stay.closed and not stay.returned for stay in stays)
    assert any(stay.closed and not stay.returned for stay in stays)
    assert any(sweep.began < sweep.ended and sweep.is_complete for sweep in diary.sweeps)
    assert any(not sweep.is_complete for sweep in diary.sweeps)
    assert any(not diary.usable_versions(ad) for ad in ADS)


def test_stays_are_those_of_the_definition(house, diary):
    told = house.rows(
        "select job_id::text, stay_number, first_seen_batch_id, last_seen_batch_id,"
        " vanished_batch_id, closed_batch_id, returned_batch_id from intermediate.int_ad_stays"
    )
    expected = [
        (str(job_id(ad)), stay.number, stay.first_seen, stay.last_seen, stay.vanished, stay.closed,
         stay.returned)
        for ad in ADS if diary.batches_that_saw(ad) for stay in stays_of(diary, ad)
    ]  # fmt: skip
    assert sorted(told, key=str) == sorted(expected, key=str)


def test_an_ad_stands_where_its_latest_stay_ended(house, diary):
    told = house.rows(
        "select job_id::text, is_open, is_vanished, times_returned, first_seen_date, last_seen_date,"
        " closed_date from intermediate.int_ads_tracked"
    )
    expected = []
    for ad in ADS:
        if diary.batches_that_saw(ad):
            stays = stays_of(diary, ad)
            expected.append((
                str(job_id(ad)), is_open_after(stays, BATCHES[-1]), stays[-1].vanished is not None,
                len(stays) - 1, day(stays[0].first_seen), day(stays[-1].last_seen),
                day(stays[-1].closed) if stays[-1].closed else None,
            ))  # fmt: skip
    assert sorted(told) == sorted(expected)


def test_the_published_stays_are_those_of_usable_ads_in_days(house, diary):
    told = house.rows(
        "select job_id::text, stay_number, is_current, stays.first_seen_date, last_seen_date,"
        " vanished_date, closed_date from marts_next.job_stays as stays"
        " join intermediate.int_ads_cleaned using (job_key)"
    )

    def shown(ad: int, stay: Stay) -> tuple:
        return (
            str(job_id(ad)), stay.number, stay.returned is None,
            *(day(batch) if batch else None
              for batch in (stay.first_seen, stay.last_seen, stay.vanished, stay.closed)),
        )  # fmt: skip

    expected = [
        shown(ad, stay) for ad in ADS if diary.usable_versions(ad) for stay in stays_of(diary, ad)
    ]
    assert sorted(told, key=str) == sorted(expected, key=str)


# ----------------------------------------------------------------------------------------- history


def test_history_has_every_usable_version(house, diary):
    told = house.rows(
        "select job_id::text, version_number, history.title, history.company_name,"
        " history.salary_min::float, is_current"
        " from marts_next.job_history as history join intermediate.int_ads_cleaned using (job_key)"
    )
    expected = [
        (str(job_id(ad)), number, version.title, version.company, version.salary_min,
         version == diary.usable_versions(ad)[-1])
        for ad in ADS for number, version in enumerate(diary.usable_versions(ad), start=1)
    ]  # fmt: skip
    assert sorted(told, key=str) == sorted(expected, key=str)


def test_a_version_holds_until_the_next_one(house):
    told = house.rows(
        "select job_key, valid_from, valid_to from marts_next.job_history"
        " order by job_key, version_number"
    )
    for earlier, later in pairwise(told):
        if earlier[0] == later[0]:
            assert earlier[2] == later[1]


def test_changes_say_which_field_from_what_to_what(house, diary):
    told = house.rows(
        "select job_id::text, version_number, field_name, old_value, new_value, changed_date"
        " from marts_next.job_changes join intermediate.int_ads_cleaned using (job_key)"
    )
    expected = []
    for ad in ADS:
        versions = diary.usable_versions(ad)
        for number, (old, new) in enumerate(pairwise(versions), start=2):
            for field, before, after in (
                ("title", old.title, new.title),
                ("company_name", old.company, new.company),
                ("salary_min", _money(old.salary_min), _money(new.salary_min)),
            ):
                if before != after:
                    row = (str(job_id(ad)), number, field, before, after, day(new.batch))
                    expected.append(row)
    assert sorted(told, key=str) == sorted(expected, key=str)


def test_history_names_the_fields_that_changed(house):
    told = house.rows("select job_key, version_number, changed_fields from marts_next.job_history")
    changes = house.rows("select job_key, version_number, field_name from marts_next.job_changes")
    for job_key, version_number, changed_fields in told:
        named = sorted(field for *key, field in changes if key == [job_key, version_number])
        assert changed_fields == (", ".join(named) or None)


def _money(amount: float | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


# ---------------------------------------------------------------------------------------- openings


def test_openings_add_up_day_by_day(house, diary):
    told = house.rows(
        f"select date_key, country_code, {', '.join(EVENTS)}, open_at_end"
        " from marts_next.daily_openings"
    )
    expected = [
        (int(f"{today:%Y%m%d}"), place, *counts.values())
        for (today, place), counts in openings(diary).items()
    ]
    assert sorted(told) == sorted(expected)


# --------------------------------------------------------------------------------------- all at once


@pytest.mark.parametrize("schedule", ["every night", "with gaps"])
def test_night_after_night_ends_in_the_same_rows_as_all_at_once(houses, schedule):
    """Numbers of batches included, by which the other generation of the marts catches up."""
    told, at_once = houses(schedule).everything(), houses("at once").everything()
    for table in told:
        assert told[table] == at_once[table], table
