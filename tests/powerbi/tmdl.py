"""The Power BI model as its files say it, read without what wrote them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

OBJECT = re.compile(
    r"^(\t*)(table|column|measure|partition|relationship) ('[^']*'|\S+)(?: =(.*))?$"
)
PROPERTY = re.compile(r"^\t+(\w+)(?:: (.*)| =(.*))?$")


@dataclass
class Item:
    """An object with its properties; a flag without a value is true."""

    kind: str
    name: str
    properties: dict[str, str] = field(default_factory=dict)
    expression: str = ""


@dataclass
class Table:
    name: str
    columns: dict[str, Item]
    measures: dict[str, Item]
    partitions: list[Item]


@dataclass(frozen=True)
class Relationship:
    many_table: str
    many_column: str
    one_table: str
    one_column: str
    is_active: bool
    relies_on_integrity: bool

    def __str__(self) -> str:
        return f"{self.many_table}.{self.many_column} to {self.one_table}.{self.one_column}"


@dataclass(frozen=True)
class Model:
    tables: dict[str, Table]
    relationships: list[Relationship]


def read_model(definition: Path) -> Model:
    """Raises ValueError on a line that is none of TMDL's."""
    tables = [_table(path) for path in sorted(definition.glob("tables/*.tmdl"))]
    relationships = _items(definition / "relationships.tmdl")
    return Model(
        {table.name: table for table in tables},
        [_relationship(item.properties) for item in relationships],
    )


def _table(path: Path) -> Table:
    (table, *parts) = _items(path)
    of_kind = {
        kind: {part.name: part for part in parts if part.kind == kind}
        for kind in ("column", "measure", "partition")
    }
    found = sum(len(named) for named in of_kind.values())
    if found != len(parts) or table.kind != "table":
        raise ValueError(f"{path.name}: a name comes twice, or what no table has")
    return Table(
        table.name, of_kind["column"], of_kind["measure"], list(of_kind["partition"].values())
    )


def _relationship(properties: dict[str, str]) -> Relationship:
    return Relationship(
        *properties["fromColumn"].split("."),
        *properties["toColumn"].split("."),
        is_active=properties.get("isActive", "true") == "true",
        relies_on_integrity=properties.get("relyOnReferentialIntegrity") == "true",
    )


def _items(path: Path) -> Iterator[Item]:
    """Each object of a file. What is indented further than its properties is an expression."""
    item, depth = None, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.lstrip("\t")
        if not text or text.startswith("///"):
            continue
        if head := OBJECT.match(line):
            if item:
                yield item
            indent, kind, name, expression = head.groups()
            item, depth = Item(kind, name.strip("'"), {}, (expression or "").strip()), len(indent)
        elif item is None:
            raise ValueError(f"{path.name}: {line!r}")
        elif len(line) - len(text) > depth + 1:
            item.expression += f"\n{text}"
        elif named := PROPERTY.match(line):
            name, value, expression = named.groups()
            item.properties[name] = (value or expression or "true").strip()
        else:
            raise ValueError(f"{path.name}: {line!r}")
    if item:
        yield item
