"""What is wrong with the Power BI model, in sentences: by itself, beside dbt, and in the database."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor
from tmdl import Item, Model, Relationship

# The types of PostgreSQL that Power BI takes, as it knows them.
TYPES = {
    "bigint": "int64",
    "integer": "int64",
    "numeric": "decimal",
    "double precision": "double",
    "text": "string",
    "boolean": "boolean",
    "date": "dateTime",
    "timestamp": "dateTime",
    "timestamp without time zone": "dateTime",
}
# A number above loses its last digits in a report.
LARGEST_KEY = 2**53
# Names by which reports group, of which Power BI sees neither case nor trailing blanks.
LABELS = {"companies": "company_name", "skills": "skill_name", "sources": "source"}

SOURCE = re.compile(
    r"Source = PostgreSQL\.Database\(Server, Database\),\s+"
    r'Mart = Source\{\[Schema="(\w+)",Item="(\w+)"\]\}\[Data\]'
)
TEXT = re.compile(r'"[^"]*"')
FIELD = re.compile(r"(\w+)?\[([^\]]+)\]")
TABLE = re.compile(r"\b(?:COUNTROWS|MEDIANX|FILTER|ALL|VALUES)\(\s*(\w+)\s*[,)]")


# ---------- by itself


def faults_of(model: Model) -> list[str]:
    return [
        *_names_that_come_twice(model),
        *_sources_other_than_marts(model),
        *_fields_that_are_not_there(model),
        *_keys_that_do_not_fit(model),
        *_ambiguous_ways(model),
    ]


def _names_that_come_twice(model: Model) -> Iterator[str]:
    """A measure's name is one of the whole model, and none of its table's columns has it."""
    measures = [name for table in model.tables.values() for name in table.measures]
    for name in _twice(model.tables) + _twice(measures):
        yield f"{name} comes twice"
    for table in model.tables.values():
        for name in _twice([*table.columns, *table.measures]):
            yield f"{table.name}.{name} comes twice"


def _twice(names: object) -> list[str]:
    return [name for name, count in Counter(name.lower() for name in names).items() if count > 1]


def _sources_other_than_marts(model: Model) -> Iterator[str]:
    for table in model.tables.values():
        (partition,) = table.partitions
        source = SOURCE.search(partition.expression)
        if partition.properties["mode"] != "directQuery":
            yield f"{table.name} is not read by DirectQuery"
        if not source or source.groups() != ("marts", table.name):
            yield f"{table.name} is not read from the mart of its name"
        for column in table.columns.values():
            if column.properties["sourceColumn"] != column.name:
                yield f"{table.name}.{column.name} is read from another column"


def _fields_that_are_not_there(model: Model) -> Iterator[str]:
    measures = {name for table in model.tables.values() for name in table.measures}
    for table in model.tables.values():
        for measure in table.measures.values():
            expression = TEXT.sub("", measure.expression)
            for name in TABLE.findall(expression):
                if name not in model.tables:
                    yield f"[{measure.name}] reads {name}, which is not there"
            for owner, name in FIELD.findall(expression):
                fields = model.tables[owner].columns if owner in model.tables else {}
                if name not in (fields if owner else measures):
                    yield f"[{measure.name}] reads {owner}[{name}], which is not there"


def _keys_that_do_not_fit(model: Model) -> Iterator[str]:
    for relationship in model.relationships:
        many = _end(model, relationship.many_table, relationship.many_column)
        one = _end(model, relationship.one_table, relationship.one_column)
        if not many or not one:
            yield f"{relationship}: an end is not there"
            continue
        types = {many.properties["dataType"], one.properties["dataType"]}
        # the few sources have names for keys
        if types != {"string" if relationship.one_table == "sources" else "int64"}:
            yield f"{relationship}: joined by {types}"
        if not relationship.relies_on_integrity:
            yield f"{relationship}: joined by outer joins"


def _end(model: Model, table: str, column: str) -> Item | None:
    return model.tables[table].columns.get(column) if table in model.tables else None


def _ambiguous_ways(model: Model) -> Iterator[str]:
    """Filters run from the one to the many. Two ways to one table are an error in Power BI."""
    onward: dict[str, list[str]] = {}
    for relationship in model.relationships:
        if relationship.is_active:
            onward.setdefault(relationship.one_table, []).append(relationship.many_table)

    def reached_from(table: str) -> list[str]:
        return [name for many in onward.get(table, []) for name in (many, *reached_from(many))]

    for table in onward:
        for reached in _twice(reached_from(table)):
            yield f"{reached} is reached from {table} in two ways"


def faults_of_report(report: Path, model: Model) -> list[str]:
    return [
        f"{path.relative_to(report)}: {kind} {table}[{name}] is not there"
        for path in sorted(report.rglob("visual.json"))
        for kind, table, name in _fields_shown(json.loads(path.read_text(encoding="utf-8")))
        if table not in model.tables or name not in getattr(model.tables[table], f"{kind.lower()}s")
    ]


def _fields_shown(part: object) -> Iterator[tuple[str, str, str]]:
    if isinstance(part, list):
        for inner in part:
            yield from _fields_shown(inner)
    elif isinstance(part, dict):
        for kind in ("Column", "Measure"):
            if kind in part:
                shown = part[kind]
                yield kind, shown["Expression"]["SourceRef"]["Entity"], shown["Property"]
        for inner in part.values():
            yield from _fields_shown(inner)


# ---------- beside what dbt or the database say


def differences(model: Model, marts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Where the model is not as the marts are: the type of each column by mart and name."""
    for table in model.tables.values():
        if table.name not in marts:
            yield f"mart {table.name} is not there"
            continue
        for name, column in table.columns.items():
            found = marts[table.name].get(name)
            shown = column.properties["dataType"]
            if found is None:
                yield f"{table.name}.{name} is not there"
            elif TYPES.get(found.split("(")[0]) != shown:
                yield f"{table.name}.{name} is {found}, in Power BI {shown}"


def published_columns(cursor: Cursor) -> dict[str, dict[str, str]]:
    """What the reader may see."""
    cursor.execute(
        "select table_name, column_name, data_type from information_schema.columns"
        " where table_schema = 'marts'"
    )
    columns: dict[str, dict[str, str]] = {}
    for table, column, data_type in cursor.fetchall():
        columns.setdefault(table, {})[column] = data_type
    return columns


def faults_of_rows(model: Model, cursor: Cursor) -> list[str]:
    """What of the published rows a report would show wrongly. The columns must be there."""
    return [
        *(fault for one in model.relationships for fault in _broken_promises(one, cursor)),
        *_dimensions_without_unknown_member(model, cursor),
        *_days_before_1900(model, cursor),
        *_labels_that_look_alike(cursor),
    ]


def _broken_promises(relationship: Relationship, cursor: Cursor) -> Iterator[str]:
    names = {
        "many": sql.Identifier("marts", relationship.many_table),
        "many_key": sql.Identifier("many", relationship.many_column),
        "one": sql.Identifier("marts", relationship.one_table),
        "one_key": sql.Identifier("one", relationship.one_column),
    }
    orphans = _value(
        cursor,
        "select count(*) from {many} as many left join {one} as one on {many_key} = {one_key}"
        " where {one_key} is null",
        **names,
    )
    repeated = _value(
        cursor, "select count(*) - count(distinct {one_key}) from {one} as one", **names
    )
    if orphans:
        yield f"{relationship}: {orphans} rows without the other end"
    if repeated:
        yield f"{relationship}: {repeated} of the one end are null or come twice"
    if relationship.one_table != "sources":
        largest = _value(cursor, "select max(abs({one_key})) from {one} as one", **names)
        if largest and largest >= LARGEST_KEY:
            yield f"{relationship}: a key of {largest}"


def _dimensions_without_unknown_member(model: Model, cursor: Cursor) -> Iterator[str]:
    counting = {relationship.many_table for relationship in model.relationships}
    for table, key in sorted({(r.one_table, r.one_column) for r in model.relationships}):
        if table not in counting and table != "sources":
            known = sql.Identifier("marts", table), sql.Identifier(key)
            query = "select count(*) from {table} where {key} = -1"
            if _value(cursor, query, table=known[0], key=known[1]) != 1:
                yield f"{table} has no unknown member"


def _days_before_1900(model: Model, cursor: Cursor) -> Iterator[str]:
    for table in model.tables.values():
        for column in table.columns.values():
            if column.properties["dataType"] == "dateTime":
                early = _value(
                    cursor,
                    "select count(*) from {table}"
                    " where not {column} between '1900-01-01' and '9999-12-31'",
                    table=sql.Identifier("marts", table.name),
                    column=sql.Identifier(column.name),
                )
                if early:
                    yield f"{table.name}.{column.name}: {early} days that Power BI does not know"


def _labels_that_look_alike(cursor: Cursor) -> Iterator[str]:
    for table, label in LABELS.items():
        alike = _value(
            cursor,
            "select count(*) - count(distinct lower(trim({label}))) from {table}",
            table=sql.Identifier("marts", table),
            label=sql.Identifier(label),
        )
        if alike:
            yield f"{table}.{label}: {alike} look like another"


def _value(cursor: Cursor, query: str, **names: sql.Identifier) -> int:
    cursor.execute(sql.SQL(query).format(**names))
    return cursor.fetchone()[0]
