"""`kill -9` in every stage at several points, then the same command again: the same end as without.

A point is a state that the stage reaches on its way, looked for every few milliseconds.
"""

import signal
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import Popen

import psycopg2
import pytest
from houses import House, new_house

from core.batches import STAGES
from core.database import connect
from ingest.simulator import SimulatorServer, ads_on

DAY = date(2026, 1, 8)
ADS = ads_on(DAY, 1_000, seed=5)  # 20 pages
LONGEST_S = 120.0

Reached = Callable[[House], bool]


def rows(table: str, at_least: int) -> Reached:
    def reached(house: House) -> bool:
        try:
            return house.value(f"select count(*) from {table}") >= at_least
        except psycopg2.errors.UndefinedTable:
            return False

    return reached


def working_on(text: str) -> Reached:
    """A connection of the stage works on a statement with this text."""

    def reached(house: House) -> bool:
        return house.value(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and position(%s in query) > 0",
            text,
        )

    return reached


def running(stage: str) -> Reached:
    def reached(house: House) -> bool:
        return house.value(
            "select count(*) from ops.batch_runs where stage = %s and status = 'running'", stage
        )

    return reached


def files(pattern: str) -> Reached:
    return lambda house: any(Path(house.folder, "models").glob(pattern))


POINTS: dict[str, list[Reached]] = {
    "collect": [running("collect"), rows("raw.ads", 200), rows("raw.requests", 15)],
    "validate": [running("validate"), rows("marts_next.quarantined_ads", 0)],
    "enrich": [
        working_on("int_ads_cleaned"),
        rows("intermediate.int_ads_grouped", 1),
        working_on('"marts_next"."jobs"'),
    ],
    "vectorize": [running("vectorize"), files("tfidf/.*.writing"), files("tfidf/tfidf_*")],
    "export": [WAITING := working_on("lock table ops.publication"), rows("ops.publication", 1)],
}


def kill_at(house: House, command: Popen, reached: Reached) -> bool:
    """Kills the command as soon as the point is reached; False when it ended before."""
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        if command.poll() is not None:
            return False
        if reached(house):
            command.send_signal(signal.SIGKILL)
            command.communicate()
            return True
        time.sleep(0.002)
    raise AssertionError(f"the point was not reached within {LONGEST_S} s")


@pytest.fixture(scope="module")
def simulator():
    with SimulatorServer(ADS, today=DAY) as server:
        yield server


@pytest.mark.timeout(600)
def test_killed_in_every_stage_the_same_command_goes_on_to_the_same_end(
    house, simulator, undisturbed
):
    settings = {
        "ADZUNA_APP_ID": "simulator",
        "ADZUNA_APP_KEY": "simulator",
        "ADZUNA_BASE_URL": simulator.base_url,
    }
    killed = dict.fromkeys(STAGES, 0)
    for stage in STAGES:
        for reached in POINTS[stage]:
            with held_back(house, reached is WAITING):
                command = house.jobdash("stage", stage, "--date", str(DAY), **settings)
                killed[stage] += kill_at(house, command, reached)
        command = house.jobdash("stage", stage, "--date", str(DAY), **settings)
        output, errors = command.communicate(timeout=LONGEST_S)
        assert command.returncode == 0, f"{stage}: {output}{errors}"
    print(f"\nkilled: {killed}")
    assert all(killed.values()), killed
    assert house.marts() == undisturbed["marts"]
    assert house.model() == undisturbed["model"]
    assert house.law(undisturbed["batch"]) == undisturbed["law"]
    attempts = house.query(
        "select stage, count(*) from ops.batch_runs where status = 'failed' group by stage"
    )
    assert sum(count for _, count in attempts) > 0


class held_back:
    """Holds the publication, so that a kill finds `export` waiting for it and not done."""

    def __init__(self, house: House, is_held: bool):
        self._connection = connect(house.database_url) if is_held else None

    def __enter__(self) -> None:
        if self._connection:
            self._connection.cursor().execute("select * from ops.publication")

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()


@pytest.fixture
def undisturbed(server_dsn, template_warehouse, redis_url, simulator) -> dict:
    """What a house ends with when nobody kills anything."""
    with new_house(server_dsn, template_warehouse, redis_url) as house:
        batch = house.run(DAY, base_url=simulator.base_url)
        return {
            "batch": batch,
            "marts": house.marts(),
            "model": house.model(),
            "law": house.law(batch),
        }
