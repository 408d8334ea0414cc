"""Keys and passwords are in no table, log, error or file of a night in which much goes wrong."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from generated import DAY, ads_of
from houses import EVERY_BATCH, House
from psycopg2.extensions import make_dsn

from core.database import connect
from ingest.simulator import FaultPlan, SimulatorServer
from pipeline.backup.tools import tools_for

ID, KEY, PASSWORD = "an-id-5b1f0c", "a-key-93c1d7", "a-password-4e8a21"
NIGHT = DAY + timedelta(days=1)
FAULTS = FaultPlan(
    rates={"429": 0.2, "502": 0.2, "cut": 0.1, "html": 0.1, "timeout": 0.02}, hold_seconds=0.1
)


def test_no_key_and_no_password_is_told_or_kept_anywhere(published: House, tmp_path: Path):
    house = published
    dsn = make_dsn(house.database_url, password=PASSWORD)
    outputs = []
    for faults, key in ((FaultPlan(), "not-" + KEY), (FAULTS, KEY), (FaultPlan(), KEY)):
        with SimulatorServer(
            ads_of(1), today=NIGHT, app_id=ID, app_key=KEY, faults=faults
        ) as simulator:
            settings = {
                "DATABASE_URL": dsn,
                "ADZUNA_BASE_URL": simulator.base_url,
                "ADZUNA_APP_ID": ID,
                "ADZUNA_APP_KEY": key,
                "RETRY_WAIT": "0",
            }
            for command in ("run", "status", "budget"):
                outputs += _told(house, settings, command)
    outputs += _told(house, {"DATABASE_URL": make_dsn(dsn, port="1")}, "run")
    assert house.value("select batch_id from ops.publication") > 1, outputs

    said = "".join(outputs)
    assert "refused the keys" in said
    assert "Check DATABASE_URL" in said
    for secret in (ID, KEY, PASSWORD):
        assert secret not in said
        assert [place for place, kept in _kept(house, dsn) if secret.encode() in kept] == []


def _told(house: House, settings: dict[str, str], command: str) -> tuple[str, str]:
    dated = ("--date", str(NIGHT)) if command == "run" else ()
    read = ("--searches", str(EVERY_BATCH)) if command in ("run", "budget") else ()
    return house.jobdash(command, *dated, *read, **settings).communicate(timeout=180)


def _kept(house: House, dsn: str) -> Iterator[tuple[str, bytes]]:
    """All that the night left: the whole database, what its server logged, and every file."""
    with closing(connect(house.database_url)) as connection:
        tools = tools_for(connection.server_version)
    yield "the database", tools.run("pg_dump", dsn=dsn).encode()
    yield "the server's log", house.value("select pg_read_file('log')").encode()
    for path in house.folder.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()
