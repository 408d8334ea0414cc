"""A month's Parquet file: written from blocks of text, and read back as such."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import ArchiveFailed
from ingest.archive.store import Store
from ingest.archive.text import Seal, Sealing, block_of, rows_of

# A batch of ads of 2 kB each is about a block.
BATCH_ROWS = 4_096


@contextmanager
def parquet_writer(file: pa.NativeFile, schema: pa.Schema) -> Iterator[Callable[[bytes], None]]:
    """Yields a function that adds the rows of a block."""
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        yield lambda block: writer.write_table(rows_of(block, schema))


def blocks_of(store: Store, name: str) -> Iterator[tuple[pa.Schema, bytes, int]]:
    """The file's columns, a block and its number of rows, one after another."""
    with store.opened(name) as file:
        try:
            parquet = pq.ParquetFile(file)
            for batch in parquet.iter_batches(BATCH_ROWS):
                yield parquet.schema_arrow, block_of(batch), batch.num_rows
        except pa.ArrowInvalid as error:
            raise ArchiveFailed(
                f"{name} in {store.address} cannot be read as Parquet: {error}. "
                "Bring the file back from a backup."
            ) from None


def seal_of_file(store: Store, name: str, on_rows: Callable[[int], None]) -> Seal:
    sealing = Sealing(on_rows)
    for _, block, row_count in blocks_of(store, name):
        sealing.add(block, row_count)
    return sealing.seal()
