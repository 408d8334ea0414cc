"""Judges quarantined ads again, after a rule was mended.

The staging views carry the rules, so they are to be built before (`+int_ads_unioned`). A replayed ad
belongs to the batch of its replay (`raw.judged_ads`), and the models of that batch take it up.
"""

from psycopg2.extensions import connection as Connection

from core.batches import Batch
from core.database import transaction

# Only the latest version of an ad: an older one must not take the place of what came after it.
_REPLAY = """
insert into raw.replays (ad_key, batch_id)
select quarantined.raw_ad_key, %(batch_id)s
from marts.quarantined_ads as quarantined
inner join raw.known_ads on quarantined.raw_ad_key = known_ads.ad_key
inner join intermediate.int_ads_unioned as ads on quarantined.raw_ad_key = ads.raw_ad_key
where ads.quarantine_reasons is null
on conflict do nothing
"""


def replay_quarantine(connection: Connection, batch: Batch) -> int:
    """Gives this batch every ad of `marts.quarantined_ads` that can be used by the rules as they are now.

    Returns how many ads the batch replays. A second call replays no ad twice. Ads of archived months
    are not seen: bring the months back first.
    """
    with transaction(connection) as cursor:
        cursor.execute("select to_regclass('marts.quarantined_ads') is not null")
        if cursor.fetchone()[0]:
            cursor.execute(_REPLAY, {"batch_id": batch.batch_id})
        cursor.execute("select count(*) from raw.replays where batch_id = %s", (batch.batch_id,))
        return cursor.fetchone()[0]
