"""The dbt project as analytics engineers use it: `cd dbt_project && dbt …`."""

import json
import re

import pytest
import yaml
from archive.months import FEBRUARY, JANUARY, fill
from evaluator import CHECKS, Graph

from core.database import transaction
from core.paths import DBT_PROJECT


@pytest.fixture
def query(connection):
    def query(statement: str, *values: object) -> list[tuple]:
        with transaction(connection) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return query


def tables(query) -> dict[str, int]:
    """How many tables and views each schema has."""
    return dict(
        query(
            "select table_schema, count(*) from information_schema.tables"
            " where table_schema !~ '^(pg_|information_schema)' group by 1"
        )
    )


def test_it_parses_without_a_warning_and_the_evaluator_finds_nothing(dbt, tmp_path):
    dbt("parse", "--no-partial-parse", "--show-all-deprecations", "--warn-error")
    manifest = json.loads((tmp_path / "target/manifest.json").read_text())
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text())
    graph = Graph(manifest, project["vars"]["dbt_project_evaluator"])
    assert len(CHECKS) == 29  # those of dbt-project-evaluator
    found = {check.__name__: list(check(graph)) for check in CHECKS}
    assert {name: models for name, models in found.items() if models} == {}

    assert unguarded_columns(manifest) == []
    selectors = (DBT_PROJECT / "selectors.yml").read_text()
    named = set(re.findall(r"fqn, value: (\w+)", selectors))
    assert named <= {node["name"] for node in manifest["nodes"].values()}


def test_an_empty_build_of_ones_own_holds_every_rule_and_leaves_what_is_shared_alone(
    dbt, query, tmp_path
):
    before = tables(query)
    output = dbt("build", "--target", "dev", "--empty")
    assert "ERROR=0" in output
    after = tables(query)
    mine = {schema for schema in after if schema.startswith("dev_anna_lena")}
    assert mine == {f"dev_anna_lena_{layer}" for layer in ("staging", "intermediate", "marts")}
    assert {schema: count for schema, count in after.items() if schema not in mine} == before
    manifest = json.loads((tmp_path / "target/manifest.json").read_text())
    assert undescribed_columns(manifest, query) == []

    # once more, over tables that are there: with the hooks of incremental models
    assert "ERROR=0" in dbt(
        "run", "--target", "dev", "--empty", "--select", "jobs", "quarantined_ads"
    )


def unguarded_columns(manifest: dict) -> list[tuple]:
    """Columns that are never null by a test and by no constraint: nights leave the test out."""
    nodes = manifest["nodes"]
    not_null = [
        (nodes[node["attached_node"]], node["column_name"])
        for node in nodes.values()
        if node["resource_type"] == "test"
        and node.get("test_metadata", {}).get("name") == "not_null"
        if node["attached_node"] and "models/marts" in node["original_file_path"]
    ]
    return [
        (model["name"], column)
        for model, column in not_null
        if model["config"]["materialized"] != "view"
        if not any(c["type"] == "not_null" for c in model["columns"][column]["constraints"])
    ]


def undescribed_columns(manifest: dict, query) -> list[tuple]:
    """Columns of the database that the properties of their model, seed or source do not describe."""
    tables = {
        (node["schema"], node.get("alias") or node["identifier"]): node["columns"]
        for node in [*manifest["nodes"].values(), *manifest["sources"].values()]
        if node["resource_type"] in ("model", "seed", "source")
    }
    columns = query("select table_schema, table_name, column_name from information_schema.columns")
    return [
        (schema, table, column)
        for schema, table, column in columns
        if (schema, table) in tables
        and not tables[schema, table].get(column, {}).get("description")
    ]


def test_build_by_hand_works_on_a_database_without_ads(dbt):
    # the rules are held in the empty build above
    assert "ERROR=0" in dbt("build", "--exclude-resource-type", "unit_test")


def test_a_sample_takes_what_came_in_its_days_and_is_refused_where_others_read(
    dbt, connection, query
):
    fill(connection, JANUARY, batch=1)
    fill(connection, FEBRUARY, batch=2)
    sample = ("run", "--select", "+quarantined_ads", "--sample")
    window = "{start: '2026-02-01', end: '2026-03-01'}"
    output = dbt(*sample, window, succeeds=False)
    assert "A sample is for schemas of your own: add --target dev" in output
    dbt(*sample, window, "--target", "dev")
    months = query(
        "select distinct date_trunc('month', fetched_at)::date"
        " from dev_anna_lena_marts.quarantined_ads"
    )
    assert months == [(FEBRUARY.replace(day=1),)]
