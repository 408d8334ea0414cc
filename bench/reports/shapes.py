"""The shapes of DirectQuery: every table a subquery named "$Table", every visual a group by around it.

Seen in traces of Power BI on PostgreSQL: `limit 1000001` where a visual takes all rows, `limit 501`
where a slicer or a table shows its first ones, sums of `cast(… as decimal)`, a distinct count that
counts the blank, joins that take two blanks for equal unless the model may assume referential
integrity, which makes them inner joins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ALL, FIRST = 1_000_001, 501


@dataclass(frozen=True)
class Join:
    """A dimension joined to the first table by one column of each."""

    table: str
    column: str
    to: str
    is_inner: bool = True


def visual(
    table: str,
    by: Sequence[str] = (),
    values: Sequence[str] = (),
    *,
    joins: Sequence[Join] = (),
    where: str = "true",
    order: str = "",
    limit: int = ALL,
    schema: str = "marts",
) -> str:
    """A visual: `values` are aggregates, `by` are columns, written `table.column`."""
    columns = ", ".join(f"{column} as c{place}" for place, column in enumerate(by))
    measures = ", ".join(f"{value} as a{place}" for place, value in enumerate(values))
    selected = ", ".join(filter(None, (columns, measures)))
    tables = _table(schema, table) + "".join(f" {_join(schema, table, join)}" for join in joins)
    grouped = f" group by {', '.join(by)}" if by and values else ""
    ordered = f" order by {order}" if order else ""
    return (
        f'select * from (select {selected} from {tables} where {where}{grouped}) "_"'
        f"{ordered} limit {limit}"
    )


def slicer(table: str, column: str, where: str = "true") -> str:
    """The values to choose from."""
    return (
        f"select c0 from (select {table}.{column} as c0 from {_table('marts', table)}"
        f' where {where} group by {table}.{column}) "_" order by c0 limit {FIRST}'
    )


def total(column: str) -> str:
    return f"sum(cast({column} as decimal))"


def distinct(column: str) -> str:
    return f"count(distinct {column}) + max(case when {column} is null then 1 else 0 end)"


def _table(schema: str, table: str) -> str:
    return f'(select * from "{schema}"."{table}" "$Table") as {table}'


def _join(schema: str, first: str, join: Join) -> str:
    left, right = f"{first}.{join.to}", f"{join.table}.{join.column}"
    table = _table(schema, join.table)
    if join.is_inner:
        return f"inner join {table} on {left} = {right}"
    return f"left join {table} on ({left} = {right} or {left} is null and {right} is null)"
