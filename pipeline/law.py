"""The law of a batch: collected = inserted + updated + unchanged + repeated + quarantined."""

from psycopg2.extensions import connection as Connection

from core.batches import Batch, Law
from core.database import transaction

# What was collected is counted from the calls and the replays, what became of it from the sightings and
# the replayed ads: two sources, so that an item lost between them shows. An ad is quarantined when its
# latest version is. A replayed ad is again what it was when it came.
_LAW = """
with items as (
    select
        sightings.outcome,
        known_ads.ad_key
    from raw.sightings
    left join raw.known_ads on sightings.job_id = known_ads.job_id
    where sightings.batch_id = %(batch_id)s

    union all

    select
        coalesce(sightings.outcome, 'inserted') as outcome,
        ads.ad_key
    from raw.replays
    inner join raw.ads on replays.ad_key = ads.ad_key
    left join raw.sightings
        on
            ads.batch_id = sightings.batch_id
            and ads.job_id = sightings.job_id
            and sightings.outcome <> 'repeated'
    where replays.batch_id = %(batch_id)s
),
judged as (
    select
        items.outcome,
        quarantined.raw_ad_key is not null as is_quarantined
    from items
    left join marts_next.quarantined_ads as quarantined on items.ad_key = quarantined.raw_ad_key
)
select
    (
        select coalesce(sum(requests.ads), 0)::bigint from raw.requests
        where requests.batch_id = %(batch_id)s and requests.outcome = 'landed'
    ) + (
        select count(*) from raw.replays where replays.batch_id = %(batch_id)s
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
    """Usable ads that vanished in this batch; kept in `ops.batches` too."""
    with transaction(connection) as cursor:
        cursor.execute(
            "update ops.batches set vanished = ("
            " select coalesce(sum(counted.vanished), 0) from intermediate.int_batches_counted as counted"
            " where counted.batch_id = %(id)s"
            ") where batch_id = %(id)s returning vanished",
            {"id": batch.batch_id},
        )
        return cursor.fetchone()[0]
