"""The stage collect: pages every search to its end and lands each page as it comes.

A page that landed is not asked again in its batch, so a killed or failed stage goes on behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from psycopg2.extensions import connection as Connection

from core.batches import Batch
from core.database import transaction
from core.errors import SourceDown
from ingest.adzuna.client import AdzunaClient, Page, PageUnreadable
from ingest.landing import job_ids_of, land_end, land_page, mark_skipped
from ingest.searches import Search

# So many unreadable pages in a row are no accident: the source is ill.
MOST_SKIPPED_IN_A_ROW = 3
# Adzuna's count drifts by a few between calls.
ENOUGH = 0.95


@dataclass(frozen=True)
class CollectCounts:
    """Items by what they were when they arrived (see `raw.sightings`), and calls."""

    collected: int
    inserted: int
    updated: int
    unchanged: int
    repeated: int
    calls: int
    failed_calls: int
    skipped_pages: int


@dataclass(frozen=True)
class Progress:
    """Where a search stands in its batch: the next page, the ads of the page before, how many
    items have landed, how many pages were passed over."""

    next_page: int
    last_ids: set[UUID]
    landed: int
    skipped: int


def collect(
    connection: Connection,
    batch: Batch,
    searches: Sequence[Search],
    client: AdzunaClient,
    on_page: Callable[[Search, Page], None],
    on_skip: Callable[[Search, int, str], None],
) -> CollectCounts:
    """Raises KeysRefused, SettingsError and SourceDown as the client does; what landed stays."""
    for search in searches:
        if not _is_swept(connection, batch, search):
            _sweep(connection, batch, search, client, on_page, on_skip)
    return _counts(connection, batch)


def _sweep(
    connection: Connection,
    batch: Batch,
    search: Search,
    client: AdzunaClient,
    on_page: Callable[[Search, Page], None],
    on_skip: Callable[[Search, int, str], None],
) -> None:
    progress = _progress(connection, batch, search)
    number, last_ids = progress.next_page, progress.last_ids
    landed, skipped = progress.landed, progress.skipped
    skipped_in_a_row = 0
    while True:
        try:
            page = client.page(search, number)
        except PageUnreadable as fault:
            skipped_in_a_row += 1
            if skipped_in_a_row == MOST_SKIPPED_IN_A_ROW:
                raise SourceDown(
                    f"{skipped_in_a_row} pages in a row of the search {search.name} cannot be "
                    f"read: {fault}. What came before is kept; run the same command later to go on."
                ) from None
            mark_skipped(connection, batch.batch_id, search.name, number)
            on_skip(search, number, str(fault))
            skipped += 1
            number += 1
            continue
        skipped_in_a_row = 0
        ids = job_ids_of(client.source, search.country, page.ads)
        is_ceiling = bool(ids) and ids == last_ids
        if not ids or is_ceiling:
            end = replace(page.call, outcome="end")
            is_complete = (
                search.shows_every_ad
                and not is_ceiling
                and not skipped
                and _is_enough(landed, page.reported_count)
            )
            land_end(connection, batch.batch_id, client.source, end, is_complete=is_complete)
            return
        land_page(connection, batch.batch_id, client.source, search.country, page)
        on_page(search, page)
        last_ids = ids
        landed += len(page.ads)
        number += 1


def _is_enough(landed: int, reported: int | None) -> bool:
    """Whether the pages held what the source says it has: an empty page in the middle, or a search
    that suddenly finds nothing, must not close every ad that it does not show."""
    return landed > 0 and (reported is None or landed >= ENOUGH * reported)


def _is_swept(connection: Connection, batch: Batch, search: Search) -> bool:
    with transaction(connection) as cursor:
        cursor.execute(
            "select exists (select from raw.sweeps where batch_id = %s and search = %s)",
            (batch.batch_id, search.name),
        )
        return cursor.fetchone()[0]


def _progress(connection: Connection, batch: Batch, search: Search) -> Progress:
    key = {"batch_id": batch.batch_id, "search": search.name}
    with transaction(connection) as cursor:
        cursor.execute(
            "select coalesce(max(page), 0) + 1, coalesce(sum(ads) filter (where outcome = 'landed'), 0),"
            " count(*) filter (where outcome = 'skipped')"
            " from raw.requests where batch_id = %(batch_id)s and search = %(search)s"
            " and outcome in ('landed', 'skipped')",
            key,
        )
        next_page, landed, skipped = cursor.fetchone()
        cursor.execute(
            "select job_id from raw.sightings where batch_id = %(batch_id)s"
            " and search = %(search)s and page = %(page)s",
            {**key, "page": next_page - 1},
        )
        return Progress(next_page, {UUID(row[0]) for row in cursor.fetchall()}, landed, skipped)


def _counts(connection: Connection, batch: Batch) -> CollectCounts:
    with transaction(connection) as cursor:
        cursor.execute(
            "select outcome, count(*) from raw.sightings where batch_id = %s group by outcome",
            (batch.batch_id,),
        )
        items = dict(cursor.fetchall())
        cursor.execute(
            "select count(*), count(*) filter (where outcome = 'failed'),"
            " count(*) filter (where outcome = 'skipped') from raw.requests where batch_id = %s",
            (batch.batch_id,),
        )
        calls, failed_calls, skipped_pages = cursor.fetchone()
    return CollectCounts(
        collected=sum(items.values()),
        inserted=items.get("inserted", 0),
        updated=items.get("updated", 0),
        unchanged=items.get("unchanged", 0),
        repeated=items.get("repeated", 0),
        calls=calls,
        failed_calls=failed_calls,
        skipped_pages=skipped_pages,
    )
