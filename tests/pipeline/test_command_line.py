"""The command line as people and Airflow use it: in a process of its own."""

import json
import re
from datetime import date

import pytest
from houses import House

from core.paths import ROOT
from ingest.simulator import FaultPlan, SimulatorServer, ads_on

DAY = date(2026, 1, 8)
ADS = ads_on(DAY, 220, seed=5)  # five pages


def ended(house: House, *arguments: str, **settings: str) -> tuple[int, str, str]:
    command = house.jobdash(*arguments, **settings)
    output, errors = command.communicate(timeout=120)
    return command.returncode, output, errors


def keys(simulator: SimulatorServer, **others: str) -> dict[str, str]:
    return {
        "ADZUNA_APP_ID": "simulator",
        "ADZUNA_APP_KEY": "simulator",
        "ADZUNA_BASE_URL": simulator.base_url,
        "RETRY_WAIT": "0",
        **others,
    }


def test_wrong_keys_are_one_clear_line_and_leave_nothing_half_written(house):
    with SimulatorServer(ADS, today=DAY) as simulator:
        settings = keys(simulator, ADZUNA_APP_KEY="not-the-right-one")
        code, output, errors = ended(house, "run", "--date", str(DAY), **settings)
    assert code == 3
    assert re.fullmatch(r"error: Adzuna refused the keys \(status 401\)\. .*\n", errors)
    assert "not-the-right-one" not in output + errors
    assert house.value("select count(*) from raw.ads") == 0
    ((stage, status, error, error_type),) = house.query(
        "select stage, status, error, error_type from ops.batch_runs"
    )
    assert (stage, status, error_type) == ("collect", "failed", "KeysRefused")
    assert "refused the keys" in error
    assert house.value("select count(*) from ops.publication") == 0


@pytest.mark.parametrize("command", [("status", "--json"), ("models", "list", "--json")])
def test_what_is_for_programs_is_json_alone_also_on_a_new_database(house, command):
    house.query("drop schema ops cascade")
    house.query("drop schema raw cascade")
    code, output, _ = ended(house, *command)
    assert (code, json.loads(output)) == (0, [])


def test_down_half_way_what_came_is_kept_and_the_next_try_goes_on(house):
    with SimulatorServer(ADS, today=DAY, faults=FaultPlan(fail_after=4)) as simulator:
        code, _, errors = ended(house, "stage", "collect", "--date", str(DAY), **keys(simulator))
    assert code == 4
    assert "page 4" in errors
    assert "go on" in errors
    assert house.value("select count(*) from raw.sightings") == 150
    with SimulatorServer(ADS, today=DAY) as simulator:
        code, output, _ = ended(house, "stage", "collect", "--date", str(DAY), **keys(simulator))
    assert code == 0
    assert "220 ads in" in output
    pages = house.query("select page from raw.requests where outcome = 'landed' order by page")
    assert pages == [(1,), (2,), (3,), (4,), (5,)]


def test_a_stage_out_of_order_says_which_one_comes_first(house):
    code, _, errors = ended(house, "stage", "enrich", "--date", str(DAY))
    assert code == 6
    assert f"jobdash stage collect --date {DAY}" in errors
    with SimulatorServer(ADS, today=DAY) as simulator:
        ended(house, "stage", "collect", "--date", str(DAY), **keys(simulator))
    code, _, errors = ended(house, "stage", "enrich", "--date", str(DAY))
    assert code == 6
    assert f"jobdash stage validate --date {DAY}" in errors


def test_status_shows_batches_with_their_numbers_and_errors(house):
    code, output, _ = ended(house, "status")
    assert (code, output) == (0, "No batch yet: `jobdash run` makes the first.\n")
    with SimulatorServer(ADS, today=DAY, faults=FaultPlan(fail_after=1)) as simulator:
        ended(house, "stage", "collect", "--date", str(DAY), **keys(simulator))
    code, output, _ = ended(house, "status")
    assert code == 0
    assert f"batch 1 of {DAY}: open" in output
    assert "collect failed: The source adzuna does not answer page 1" in output
    code, output, _ = ended(house, "status", "--json")
    (batch,) = json.loads(output)
    assert batch["batch_date"] == str(DAY)
    assert [(run["stage"], run["status"]) for run in batch["stages"]] == [("collect", "failed")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "--date", "8 janvier"], "write it as 2026-01-08"),
        (["run", "--date", "2999-01-01"], "has not come yet"),
        (["run", "--searches", "none.yml"], "cannot be read"),
        (["simulator", "--fault", "tea=0.1"], "fault 'tea=0.1'"),
        (["simulator", "--ads", "none.jsonl"], "none.jsonl"),
    ],
)
def test_what_cannot_be_used_is_told_with_exit_code_2(house, arguments, told):
    code, _, errors = ended(house, *arguments)
    assert code == 2
    assert told in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("command", "setting", "value"),
    [
        ("status", "PORT", "abc"),
        ("run", "MODEL_STORE", "ftp://bucket/models"),
        ("serve", "MODEL_STORE", "s3://key:secret@bucket/models"),
        ("budget", "ADZUNA_LIMITS", "25 a minute"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(house, command, setting, value):
    keys_given = {"ADZUNA_APP_ID": "an-id", "ADZUNA_APP_KEY": "a-key"}
    code, _, errors = ended(house, command, **keys_given, **{setting: value})
    assert code == 2
    assert errors.startswith(f"error: {setting}: ")
    assert "Traceback" not in errors


def test_a_database_that_is_not_there_is_told_without_its_password(house):
    code, output, errors = ended(
        house, "run", DATABASE_URL="postgresql://someone:hush@127.0.0.1:1/none"
    )
    assert code == 2
    assert "No connection to the database" in errors
    assert "hush" not in output + errors


def test_the_budget_shows_what_is_used_and_what_tonight_would_do(house):
    with SimulatorServer(ADS, today=DAY) as simulator:
        settings = keys(simulator, ADZUNA_LIMITS="25/minute 250/day 2500/month", COLUMNS="120")
        ended(house, "stage", "collect", "--date", str(DAY), **settings)
        code, output, errors = ended(house, "budget", **settings)
    assert (code, errors) == (0, "")
    words = [line.split() for line in output.splitlines()]
    assert ["24", "hours", "250", "7", "243"] in words
    assert "tonight: 70 calls" in output
    assert next(line for line in words if line[:1] == ["france"])[:3] == ["france", "4", "6"]
    assert house.value("select count(*) from raw.requests") == 7


def test_every_command_is_in_the_readme(house):
    _, output, _ = ended(house, "--help", TERM="dumb", COLUMNS="200")
    commands = re.findall(r"^\W+([\w-]+) {2,}\w", output.split("Commands")[1], re.MULTILINE)
    assert {"run", "stage", "serve", "status", "simulator", "dsn", "up", "down"} <= set(commands)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in commands if f"jobdash {command}" not in readme] == []


def test_dsn_prints_an_address_that_answers(house):
    code, output, _ = ended(house, "dsn")
    assert (code, output.strip()) == (0, house.database_url)
