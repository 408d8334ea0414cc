"""The law of a batch: collected = inserted + updated + unchanged + repeated + quarantined."""

from psycopg2.extensions import connection as Connection

from core.batches import Batch, Law
from core.database import transaction

# What was collected is counted from the calls, what became of it from the sightings: two sources, so
# that an item lost between them shows. An ad is quarantined when its latest version is.
_LAW = """
with judged as (
    select
        sightings.outcome,
        quarantined.raw_ad_key is not null as is_quarantined
    from raw.sightings as sightings
    left join lateral (
        select ads.ad_key from raw.ads as ads
        where ads.job_id = sightings.job_id and ads.batch_id <= %(batch_id)s
        order by ads.ad_key desc limit 1
    ) as latest on true
    left join marts_next.quarantined_ads as quarantined on latest.ad_key = quarantined.raw_ad_key
    where sightings.batch_id = %(batch_id)s
)
select
    (
        select coalesce(sum(requests.ads), 0)::bigint from raw.requests as requests
        where requests.batch_id = %(batch_id)s and requests.outcome = 'landed'
    ),
    count(*) filter (where outcome = 'inserted' and not is_quarantined),
    count(*) filter (where outcome = 'updated' and not is_quarantined),
    count(*) filter (where outcome = 'unchanged' and not is_quarantined),
    count(*) filter (where outcome = 'repeated'),
    count(*) filter (where outcome <> 'repeated' and is_quarantined)
from judged
"""


def count_law(connection: Connection, batch: Batch) -> Law:
    with transaction(connection) as cursor:
        cursor.execute(_LAW, {"batch_id": batch.batch_id})
        return Law(*cursor.fetchone())


def record_law(connection: Connection, batch: Batch, law: Law) -> None:
    with transaction(connection) as cursor:
        cursor.execute(
            "update ops.batches set collected = %s, inserted = %s, updated = %s, unchanged = %s,"
            " repeated = %s, quarantined = %s where batch_id = %s",
            (
                law.collected, law.inserted, law.updated, law.unchanged, law.repeated,
                law.quarantined, batch.batch_id,
            ),
        )  # fmt: skip


def count_vanished(connection: Connection, batch: Batch) -> int:
    """Ads that were open before this batch and are not any more; kept in `ops.batches` too."""
    with transaction(connection) as cursor:
        cursor.execute(
            "update ops.batches set vanished = ("
            " select count(*) from intermediate.int_ads_tracked as tracked"
            " inner join intermediate.int_ads_cleaned as cleaned on tracked.job_id = cleaned.job_id"
            " where tracked.batch_id = %(id)s and not tracked.is_open"
            ") where batch_id = %(id)s returning vanished",
            {"id": batch.batch_id},
        )
        return cursor.fetchone()[0]
