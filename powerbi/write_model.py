"""Writes the tables and relationships of the Power BI model: `make powerbi`.

Columns, types and descriptions are those of the marts' contracts, relationships those that dbt
tests. What only Power BI asks for (measures, formats, what is hidden) stands in `model.yml`.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_DNS, uuid5

import yaml

from core.paths import DBT_PROJECT, ROOT

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

DEFINITION = ROOT / "powerbi/jobdash.SemanticModel/definition"
SETTINGS = ROOT / "powerbi/model.yml"

# PostgreSQL's types as Power BI knows them, with the format in which a column is shown.
TYPES = {
    "bigint": ("int64", "0"),
    "integer": ("int64", "0"),
    "double precision": ("double", None),
    "text": ("string", None),
    "boolean": ("boolean", None),
    "date": ("dateTime", "yyyy-mm-dd"),
    "timestamp": ("dateTime", "yyyy-mm-dd hh:nn:ss"),
}
# Power BI's decimal has four places behind the point.
NUMERIC = re.compile(r"numeric\(\d+, ?([1-4])\)")
LEFT_OUT = "uuid"  # Power BI reads it as text, which is slow to join and says nothing to people
KEYS = ("_key", "_id")
# Power BI shows a mart as a table of its own only where it is one: views repeat what the star has.
TABLES = ("table", "incremental")


@dataclass(frozen=True)
class Column:
    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Relationship:
    """From the many to the one, `table.column` each."""

    many: str
    one: str


@dataclass(frozen=True)
class Marts:
    """What dbt promises."""

    descriptions: Mapping[str, str]
    columns: Mapping[str, list[Column]]
    relationships: list[Relationship]


def read_manifest() -> "Manifest":
    """The parsed dbt project. Needs no database."""
    from dbt.cli.main import dbtRunner  # takes seconds, and the tests have read it already

    with TemporaryDirectory() as scratch:
        folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
        folders += ["--target-path", scratch, "--log-path", scratch]
        parsed = dbtRunner().invoke(["--quiet", "parse", *folders])
    if not parsed.success:
        raise SystemExit(f"The dbt project cannot be read: {parsed.exception}")
    return parsed.result


def marts_of(manifest: "Manifest") -> Marts:
    models = {
        unique_id: node
        for unique_id, node in manifest.nodes.items()
        if node.resource_type == "model" and node.fqn[1] == "marts"
        if node.config.materialized in TABLES
    }
    return Marts(
        descriptions={model.name: model.description for model in models.values()},
        columns={
            model.name: [
                Column(column.name, column.data_type, column.description)
                for column in model.columns.values()
                if column.data_type != LEFT_OUT
            ]
            for model in models.values()
        },
        relationships=sorted(_tested_relationships(manifest, set(models)), key=lambda r: r.many),
    )


def _tested_relationships(manifest: "Manifest", models: set[str]) -> Iterator[Relationship]:
    for test in manifest.nodes.values():
        kind = getattr(test, "test_metadata", None)  # tests written as queries have none
        if kind and kind.name == "relationships" and test.attached_node in models:
            many = manifest.nodes[test.attached_node].name
            (one,) = {ref.name for ref in test.refs} - {many}
            yield Relationship(f"{many}.{test.column_name}", f"{one}.{kind.kwargs['field']}")


def render(marts: Marts, settings: Mapping[str, Any]) -> dict[str, str]:
    """The files by their path under `definition/`. Raises SystemExit on what Power BI cannot take."""
    files = {f"tables/{table}.tmdl": _table(table, marts, settings) for table in marts.columns}
    relationships = (
        _relationship(relationship, settings["inactive"]) for relationship in marts.relationships
    )
    return {**files, "relationships.tmdl": "\n".join(relationships)}


def _table(table: str, marts: Marts, settings: Mapping[str, Any]) -> str:
    is_dates = settings["dates"].startswith(f"{table}.")
    measures = settings["measures"].get(table, {}).items()
    joined = {relationship.many for relationship in marts.relationships}
    return "\n".join(
        [
            _described(marts.descriptions[table]) + f"table {table}",
            f"\tlineageTag: {_tag(table)}",
            *(["\tdataCategory: Time"] if is_dates else []),
            "",
            *(_measure(table, name, measure) for name, measure in measures),
            *(_column(table, column, joined, settings) for column in marts.columns[table]),
            f"\tpartition {table} = m",
            "\t\tmode: directQuery",
            "\t\tsource =",
            "\t\t\t\tlet",
            "\t\t\t\t\tSource = PostgreSQL.Database(Server, Database),",
            f'\t\t\t\t\tMart = Source{{[Schema="marts",Item="{table}"]}}[Data]',
            "\t\t\t\tin",
            "\t\t\t\t\tMart",
            "",
        ]
    )


def _measure(table: str, name: str, measure: Mapping[str, str]) -> str:
    quoted = name if name.isidentifier() else f"'{name}'"
    expression = measure["expression"].strip()
    is_long = "\n" in expression
    written = "\n" + textwrap.indent(expression, "\t\t\t") if is_long else f" {expression}"
    return "\n".join(
        [
            _described(measure["description"], "\t") + f"\tmeasure {quoted} ={written}",
            f"\t\tformatString: {measure['format']}",
            f"\t\tdisplayFolder: {measure['folder']}",
            f"\t\tlineageTag: {_tag(table, name)}",
            "",
        ]
    )


def _column(table: str, column: Column, joined: set[str], settings: Mapping[str, Any]) -> str:
    place = f"{table}.{column.name}"
    data_type, shown_as = _type(place, column.data_type)
    category = settings["categories"].get(column.name)
    is_key = column.name.endswith(KEYS) or place in joined
    is_hidden = is_key or column.name in settings["hidden"]
    lines = [
        _described(column.description, "\t") + f"\tcolumn {column.name}",
        f"\t\tdataType: {data_type}",
        "\t\tisHidden" if is_hidden else None,
        "\t\tisKey" if place == settings["dates"] else None,
        f"\t\tformatString: {shown_as}" if shown_as else None,
        f"\t\tlineageTag: {_tag(table, column.name)}",
        f"\t\tdataCategory: {category}" if category else None,
        "\t\tsummarizeBy: none",
        f"\t\tsourceColumn: {column.name}",
        "",
    ]
    return "\n".join(line for line in lines if line is not None)


def _type(place: str, data_type: str) -> tuple[str, str | None]:
    if numeric := NUMERIC.fullmatch(data_type):
        return "decimal", "#,##0." + "0" * int(numeric[1])
    if data_type not in TYPES:
        raise SystemExit(f"{place}: Power BI is not told how to read {data_type}.")
    return TYPES[data_type]


def _relationship(relationship: Relationship, inactive: list[str]) -> str:
    table, column = relationship.many.split(".")
    lines = [
        f"relationship {table}_{column}",
        "\tisActive: false" if relationship.many in inactive else None,
        "\trelyOnReferentialIntegrity",
        f"\tfromColumn: {relationship.many}",
        f"\ttoColumn: {relationship.one}",
        "",
    ]
    return "\n".join(line for line in lines if line is not None)


def _described(description: str, indent: str = "") -> str:
    return f"{indent}/// {' '.join(description.split())}\n"


def _tag(*names: str) -> str:
    """By its tag Power BI knows an object again; the same name has the same tag."""
    return str(uuid5(NAMESPACE_DNS, ".".join((*reversed(names), "jobdash"))))


def main() -> None:
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    files = render(marts_of(read_manifest()), settings)
    for path in DEFINITION.glob("tables/*.tmdl"):
        path.unlink()
    for path, text in files.items():
        (DEFINITION / path).parent.mkdir(parents=True, exist_ok=True)
        (DEFINITION / path).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(files) - 1} tables written to {DEFINITION.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
