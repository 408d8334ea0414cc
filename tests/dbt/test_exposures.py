"""The exposures name what their readers read: `dbt ls --select +exposure:http_api` can be believed."""

import re

import pytest
import yaml

from core.paths import DBT_PROJECT, ROOT

EXPOSURES = DBT_PROJECT / "models/marts/_exposures.yml"
REF = re.compile(r"ref\('(\w+)'\)")


@pytest.fixture
def exposures() -> dict[str, dict]:
    described = yaml.safe_load(EXPOSURES.read_text(encoding="utf-8"))["exposures"]
    return {exposure["name"]: exposure for exposure in described}


def parents(exposure: dict) -> set[str]:
    return {REF.fullmatch(ref)[1] for ref in exposure["depends_on"]}


def test_the_api_and_its_page_depend_on_the_marts_that_the_api_reads(exposures):
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "serve").rglob("*.py"))
    read = set(re.findall(r"\bmarts\.(\w+)", code))
    assert read
    assert parents(exposures["http_api"]) == read
    assert parents(exposures["search_page"]) == read


def test_power_bi_depends_on_the_marts_of_its_model(exposures):
    tables = (ROOT / "powerbi/jobdash.SemanticModel/definition/tables").glob("*.tmdl")
    assert parents(exposures["power_bi_report"]) == {table.stem for table in tables}


def test_every_exposure_says_whom_to_ask(exposures):
    for exposure in exposures.values():
        assert exposure["owner"]["name"]
        assert exposure["owner"]["email"].endswith("@jobdash.example")
        assert exposure["description"].strip()
