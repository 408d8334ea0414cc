"""The Power BI model by itself and beside what dbt promises. Needs no database."""

import json
from dataclasses import replace

import pytest
import yaml
from findings import differences, faults_of, faults_of_report
from tmdl import read_model
from write_model import DEFINITION, SETTINGS, Column, Marts, render

from core.paths import ROOT

POWER_BI = ROOT / "powerbi"


def types_of(marts: Marts) -> dict[str, dict[str, str]]:
    return {
        mart: {column.name: column.data_type for column in columns}
        for mart, columns in marts.columns.items()
    }


def with_renamed(marts: Marts, mart: str, column: str, to: str) -> Marts:
    renamed = [
        replace(each, name=to) if each.name == column else each for each in marts.columns[mart]
    ]
    return replace(marts, columns={**marts.columns, mart: renamed})


def written(tmp_path, marts: Marts):
    """The model as `make powerbi` would write it from these marts."""
    (tmp_path / "tables").mkdir()
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    for path, text in render(marts, settings).items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return read_model(tmp_path)


def test_the_model_is_as_make_powerbi_writes_it(marts):
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    files = render(marts, settings)
    paths = [*DEFINITION.glob("tables/*.tmdl"), DEFINITION / "relationships.tmdl"]
    found = {
        path.relative_to(DEFINITION).as_posix(): path.read_text(encoding="utf-8") for path in paths
    }
    assert found == files, "run `make powerbi`"


def test_names_measures_keys_and_filters_are_sound(model):
    assert faults_of(model) == []


def test_every_column_is_one_of_a_contract_with_its_type(model, marts):
    assert list(differences(model, types_of(marts))) == []


def test_every_table_column_and_measure_says_what_it_is(model, marts):
    texts = [*marts.descriptions.values()]
    texts += [column.description for columns in marts.columns.values() for column in columns]
    measures = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))["measures"]
    texts += [measure["description"] for named in measures.values() for measure in named.values()]
    assert all(text.strip() for text in texts)


def test_keys_are_hidden(model):
    """One groups by a dimension's names; a key beside them is taken for something to count."""
    joined = {(each.many_table, each.many_column) for each in model.relationships}
    visible = [
        f"{table.name}.{column.name}"
        for table in model.tables.values()
        for column in table.columns.values()
        if column.name.endswith(("_key", "_id")) or (table.name, column.name) in joined
        if "isHidden" not in column.properties
    ]
    assert visible == []


def test_what_the_report_shows_is_in_the_model(model):
    assert faults_of_report(POWER_BI / "jobdash.Report", model) == []


def test_every_file_of_the_report_is_json_and_every_page_is_listed():
    report = POWER_BI / "jobdash.Report/definition"
    parts = {path: json.loads(path.read_text(encoding="utf-8")) for path in report.rglob("*.json")}
    pages = [part["name"] for path, part in parts.items() if path.name == "page.json"]
    assert sorted(parts[report / "pages/pages.json"]["pageOrder"]) == sorted(pages)
    for path, part in parts.items():
        assert path.name not in ("page.json", "visual.json") or part["name"] == path.parent.name


def test_a_column_that_the_contract_renames_is_reported(tmp_path, model, marts):
    renamed = with_renamed(marts, "companies", "company_name", "employer_name")
    assert list(differences(model, types_of(renamed))) == [
        "companies.company_name is not there",
    ]


def test_a_measure_that_reads_a_renamed_column_is_reported(tmp_path, marts):
    renamed = with_renamed(marts, "jobs", "has_skills", "names_skills")
    assert faults_of(written(tmp_path, renamed)) == [
        "[Share without skills] reads jobs[has_skills], which is not there"
    ]


def test_a_relationship_whose_column_is_renamed_is_reported(tmp_path, marts):
    renamed = with_renamed(marts, "skills", "skill_key", "skill_number")
    assert faults_of(written(tmp_path, renamed)) == [
        "job_skills.skill_key to skills.skill_key: an end is not there",
        "skill_trends.skill_key to skills.skill_key: an end is not there",
    ]


def test_a_second_way_from_the_days_to_a_mart_is_reported(tmp_path, marts):
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    (tmp_path / "tables").mkdir()
    for path, text in render(marts, {**settings, "inactive": []}).items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert set(faults_of(read_model(tmp_path))) == {
        "job_changes is reached from dates in two ways",
        "job_stays is reached from dates in two ways",
    }


@pytest.mark.parametrize("data_type", ["text[]", "jsonb", "interval", "numeric"])
def test_a_type_that_power_bi_cannot_take_is_refused(marts, data_type):
    columns = [*marts.columns["skills"], Column("odd", data_type, "Odd.")]
    odd = replace(marts, columns={**marts.columns, "skills": columns})
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    with pytest.raises(SystemExit, match="skills.odd"):
        render(odd, settings)
