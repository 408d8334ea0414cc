"""Files into `raw`, chunk by chunk: while PostgreSQL takes one, the next is made ready."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Queue
from threading import Thread

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json, execute_values

from core.batches import Batch
from core.database import transaction
from ingest.clock import Clock
from ingest.files.lines import Chunk, chunks_of, files_of
from ingest.files.mapping import Mapping, load_mapping
from ingest.files.search import FileSearch
from ingest.landing import Landing, land_items, make_month
from ingest.progress import (
    Reading,
    Step,
    advance,
    begin_or_go_on,
    end,
    history_of,
    id_of,
    remember_source,
)
from ingest.reading import Teller
from ingest.source import Question, Response

MADE_READY = 2


def read_files(
    connection: Connection,
    clock: Clock,
    batch: Batch,
    searches: Sequence[FileSearch],
    teller: Teller,
) -> None:
    """Files that landed whole in this batch are not read again. Raises SettingsError on a mapping or
    a file that cannot be used; what landed stays."""
    mappings = [load_mapping(search.mapping_file) for search in searches]
    for search, mapping in zip(searches, mappings, strict=True):
        remember_source(
            connection,
            mapping.source,
            mapping.attribution,
            mapping.attribution_url,
            mapping.model_dump(mode="json"),
        )
        search_id = id_of(connection, search, mapping.source, mapping.country)
        if not history_of(connection, search_id, batch).has_sweep_of_batch:
            reading = begin_or_go_on(connection, batch, search, search_id, "sweep")
            _FileReading(connection, clock, batch, reading, mapping, teller).read()


@dataclass(frozen=True)
class _FileReading:
    connection: Connection
    clock: Clock
    batch: Batch
    reading: Reading
    mapping: Mapping
    teller: Teller

    def read(self) -> None:
        for page, chunk in enumerate(_made_ready(self._chunks()), start=1):
            self._land(page, chunk)
        with transaction(self.connection) as cursor:
            end(cursor, self.reading, self.batch, is_complete=self.reading.search.shows_every_ad)

    def _chunks(self) -> Iterator[Chunk]:
        """Those behind the last one that landed."""
        landed = self.reading.cursor or {"file": "", "line": 0}
        for path in files_of(self.reading.search.path):
            if path.name >= landed["file"]:
                after = landed["line"] if path.name == landed["file"] else 0
                yield from chunks_of(path, self.mapping, after)

    def _land(self, page: int, chunk: Chunk) -> None:
        """One transaction: the chunk, what is no JSON of it, the progress."""
        now = self.clock.now()
        query = {"file": chunk.file, "line": chunk.first_line}
        make_month(self.connection, now)
        with transaction(self.connection) as cursor:
            cursor.execute(
                "insert into raw.requests (batch_id, source, account, search_id, reading_id, page,"
                " query, outcome, ads, requested_at)"
                " values (%s, %s, '', %s, %s, %s, %s, 'landed', %s, %s) returning request_id",
                (
                    self.batch.batch_id, self.mapping.source, self.reading.search_id,
                    self.reading.reading_id, page, Json(query), len(chunk.items), now,
                ),
            )  # fmt: skip
            landing = Landing(
                batch_id=self.batch.batch_id,
                source=self.mapping.source,
                country=self.mapping.country,
                search_id=self.reading.search_id,
                request_id=cursor.fetchone()[0],
                seen_at=now,
            )
            was_known = land_items(cursor, landing, chunk.items)
            self._keep_bad_lines(cursor, landing, chunk)
            step = Step(
                landed=len(chunk.items),
                inserted=was_known.count(False),
                reported_count=None,
                source_now=now,
                is_readable=True,
                cursor={"file": chunk.file, "line": chunk.next_line - 1},
            )
            advance(cursor, self.reading, step)
        if chunk.bad:
            self.teller.note(
                f"{self.reading.search.name}: {len(chunk.bad):,} lines of {chunk.file} are not JSON and "
                f"lie in raw.malformed; the first is line {chunk.bad[0].line:,}"
            )
        self.teller.page(
            self.reading.search,
            Question(query, page, {}),
            Response(chunk.items, None, 200, now),
        )

    def _keep_bad_lines(self, cursor: Cursor, landing: Landing, chunk: Chunk) -> None:
        execute_values(
            cursor,
            "insert into raw.malformed (batch_id, request_id, source, reason, body, received_at)"
            " values %s",
            [
                (
                    landing.batch_id, landing.request_id, landing.source, bad.reason, bad.content,
                    landing.seen_at,
                )
                for bad in chunk.bad
            ],
        )  # fmt: skip


def _made_ready(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The same chunks, prepared by a thread some chunks ahead."""
    ready: Queue[Chunk | BaseException | None] = Queue(MADE_READY)

    def make_ready() -> None:
        try:
            for chunk in chunks:
                ready.put(chunk)
            ready.put(None)
        except BaseException as error:
            ready.put(error)

    Thread(target=make_ready, name="lines", daemon=True).start()
    while (made := ready.get()) is not None:
        if isinstance(made, BaseException):
            raise made
        yield made
