"""Lands pages in `raw`: a page is there as a whole (call, ads, sightings), or not at all.

The page is copied into a temporary table as text and spread from there by one statement, so that an
ad that is known costs an index look-up and no parsing of its JSON.
"""

import csv
import io
from uuid import UUID

from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from core.database import transaction
from ingest.adzuna.client import Call, Page
from ingest.adzuna.identity import VOLATILE, ad_id_of, content_hash, job_id
from ingest.payload import to_json

_PAGE_TABLE = """
create temporary table if not exists landing (
    position integer, job_id uuid, ad_id text, payload text, content_hash text
) on commit delete rows
"""

# What each item is when it arrives: its ad may be known from before the batch, from an earlier page
# of the batch, or from an earlier place on the page. Of an ad that comes twice in a batch the first
# content counts: sources answer some ads in two versions, which would change back and forth every night.
_SPREAD = """
with known as materialized (
    select
        landing.*,
        latest.content_hash as latest_hash,
        row_number() over (partition by landing.job_id order by landing.position) > 1 or exists (
            select from raw.sightings as earlier
            where earlier.job_id = landing.job_id and earlier.batch_id = %(batch_id)s
        ) as is_repeated
    from landing
    left join lateral (
        select ads.content_hash from raw.ads as ads
        where ads.job_id = landing.job_id order by ads.ad_key desc limit 1
    ) as latest on true
),
sighted as (
    insert into raw.sightings (batch_id, search, page, position, job_id, outcome)
    select
        %(batch_id)s, %(search)s, %(page)s, position, job_id,
        case
            when is_repeated then 'repeated'
            when latest_hash is null then 'inserted'
            when latest_hash <> content_hash then 'updated'
            else 'unchanged'
        end
    from known
)
insert into raw.ads
    (job_id, source, country, ad_id, payload, content_hash, batch_id, fetched_at)
select
    job_id, %(source)s, %(country)s, ad_id, payload::jsonb, content_hash, %(batch_id)s,
    %(fetched_at)s
from known
where not is_repeated and latest_hash is distinct from content_hash
order by position
"""

_REQUEST = """
insert into raw.requests (
    batch_id, source, search, page, query, outcome, status, ads, reported_count, ms, error,
    requested_at
) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def land_page(connection: Connection, batch_id: int, source: str, country: str, page: Page) -> None:
    """One transaction: the call, one sighting per item, one row in `raw.ads` per new content."""
    rows = [_row(position, source, country, ad) for position, ad in enumerate(page.ads, start=1)]
    values = {
        "batch_id": batch_id,
        "source": source,
        "country": country,
        "search": page.call.search,
        "page": page.number,
        "fetched_at": page.fetched_at,
    }
    with transaction(connection) as cursor:
        cursor.execute(_PAGE_TABLE)
        cursor.copy_expert("copy landing from stdin with (format csv)", _csv(rows))
        cursor.execute(_SPREAD, values)
        cursor.execute(_REQUEST, _request(batch_id, source, page.call))


def land_call(connection: Connection, batch_id: int, source: str, call: Call) -> None:
    """A call that brought nothing."""
    with transaction(connection) as cursor:
        cursor.execute(_REQUEST, _request(batch_id, source, call))


def land_end(
    connection: Connection, batch_id: int, source: str, call: Call, *, is_complete: bool
) -> None:
    """The call behind a search's last page: with it the search is done in this batch."""
    with transaction(connection) as cursor:
        cursor.execute(_REQUEST, _request(batch_id, source, call))
        cursor.execute(
            "insert into raw.sweeps (batch_id, search, is_complete, pages) values (%s, %s, %s, %s)",
            (batch_id, call.search, is_complete, call.page - 1),
        )


def mark_skipped(connection: Connection, batch_id: int, search: str, page: int) -> None:
    """The last failed call of a page becomes the one that passes the page over."""
    with transaction(connection) as cursor:
        cursor.execute(
            "update raw.requests set outcome = 'skipped' where request_id = ("
            " select max(request_id) from raw.requests"
            " where batch_id = %s and search = %s and page = %s)",
            (batch_id, search, page),
        )


def job_ids_of(source: str, country: str, ads: list) -> set[UUID]:
    return {_identity(source, country, ad)[0] for ad in ads}


def _identity(source: str, country: str, ad: object) -> tuple[UUID, str]:
    hash_of_content = content_hash(to_json(ad, without=VOLATILE))
    return job_id(source, country, ad, hash_of_content), hash_of_content


def _row(position: int, source: str, country: str, ad: object) -> tuple:
    identity, hash_of_content = _identity(source, country, ad)
    return (
        position,
        identity,
        ad_id_of(ad),
        to_json(ad),
        hash_of_content,
    )


def _csv(rows: list[tuple]) -> io.StringIO:
    """COPY reads a field of no characters as null: no value of a row is an empty text."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    buffer.seek(0)
    return buffer


def _request(batch_id: int, source: str, call: Call) -> tuple:
    return (
        batch_id, source, call.search, call.page, Json(call.query), call.outcome, call.status,
        call.ads, call.reported_count, call.ms, call.error, call.requested_at,
    )  # fmt: skip
