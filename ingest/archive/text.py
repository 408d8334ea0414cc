"""One text for the rows of a month, whether PostgreSQL or Parquet holds them.

Rows in the order of their key, as CSV: every value quoted, null as nothing, timestamps in UTC with six
digits, jsonb as PostgreSQL prints it. PostgreSQL 15 to 18 and pyarrow write the same bytes.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.csv
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from ingest.archive.tables import TABLES, UTC_TIMESTAMP, partition

BLOCK_BYTES = 8 << 20

OnBlock = Callable[[bytes, int], None]


@dataclass(frozen=True)
class Seal:
    """What a month's rows are known by: how many, and the sha256 of their text."""

    row_count: int
    rows_sha256: str


class Sealing:
    """Adds up a seal, block by block; `on_rows` is told how many rows each block has."""

    def __init__(self, on_rows: Callable[[int], None]):
        self._on_rows = on_rows
        self._row_count = 0
        self._hash = hashlib.sha256()

    def add(self, block: bytes, row_count: int) -> None:
        self._hash.update(block)
        self._row_count += row_count
        self._on_rows(row_count)

    def seal(self) -> Seal:
        return Seal(self._row_count, self._hash.hexdigest())


class _Blocks:
    """A file for COPY to write to, which it does row by row."""

    def __init__(self, on_block: OnBlock):
        self._on_block = on_block
        self._rows: list[bytes] = []
        self._bytes = 0

    def write(self, row: bytes) -> None:
        self._rows.append(row)
        self._bytes += len(row)
        if self._bytes >= BLOCK_BYTES:
            self.flush()

    def flush(self) -> None:
        if self._rows:
            self._on_block(b"".join(self._rows), len(self._rows))
            self._rows, self._bytes = [], 0


def copy_out(cursor: Cursor, table: str, month: date, schema: pa.Schema, on_block: OnBlock) -> None:
    """Hands over the text of a month in the database, in blocks of whole rows."""
    blocks = _Blocks(on_block)
    statement = sql.SQL(
        "copy (select {} from raw.{} as rows order by {}) to stdout (format csv, force_quote *)"
    ).format(
        sql.SQL(", ").join(_printed(field) for field in schema),
        sql.Identifier(partition(table, month)),
        sql.SQL(", ").join(sql.Identifier("rows", column) for column in TABLES[table]),
    )
    cursor.copy_expert(statement, blocks)
    blocks.flush()


def copy_in(cursor: Cursor, table: str, month: date, schema: pa.Schema, block: bytes) -> None:
    """Adds the rows of a block to a month in the database."""
    statement = sql.SQL("copy raw.{} ({}) from stdin (format csv)").format(
        sql.Identifier(partition(table, month)),
        sql.SQL(", ").join(map(sql.Identifier, schema.names)),
    )
    cursor.copy_expert(statement, io.BytesIO(block))


def rows_of(block: bytes, schema: pa.Schema) -> pa.Table:
    return pyarrow.csv.read_csv(
        io.BytesIO(block),
        pyarrow.csv.ReadOptions(column_names=schema.names, block_size=len(block) + 1),
        pyarrow.csv.ParseOptions(newlines_in_values=True),
        pyarrow.csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def block_of(rows: pa.Table | pa.RecordBatch) -> bytes:
    block = io.BytesIO()
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
    pyarrow.csv.write_csv(rows, block, options)
    return block.getvalue()


def _printed(field: pa.Field) -> sql.Composable:
    form = "{}::text"
    if field.type == UTC_TIMESTAMP:
        form = """to_char({} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US"Z"')"""
    return sql.SQL(form).format(sql.Identifier(field.name))
