"""The gate before publishing: a batch whose figures fall off a cliff is built and not shown, until a
person has looked and lets it through, which is recorded."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from psycopg2.extensions import connection as Connection

from core.batches import Batch
from core.database import transaction
from core.errors import PublicationHeld

BATCHES_BEFORE = 7  # published ones, whose median is the usual
FEWEST_ADS = 100  # shares of fewer jump by chance
# Of the usual. What a night brings is on record and not judged: another source comes with other shares.
LEAST = 0.7
FEWEST_POINTS = 0.05  # where 2 % tell their pay, 1 % may be chance


@dataclass(frozen=True)
class Figures:
    """Of all open ads, and of those among them that the batch saw first. Shares are of these ads, 0
    where there are none; `quality_score` is the mean of theirs, 0 to 100."""

    open_ads: int
    pay_share: float
    skill_share: float
    quality_score: float
    new_ads: int
    new_pay_share: float
    new_skill_share: float


_MEASURED = """
with open_jobs as (
    select
        jobs.has_salary, jobs.has_skills, jobs.data_quality_score,
        jobs.first_seen_date = %(day)s as is_new
    from marts_next.jobs
    where jobs.is_open
)
select
    count(*),
    coalesce(avg(has_salary::integer), 0)::float,
    coalesce(avg(has_skills::integer), 0)::float,
    coalesce(avg(data_quality_score), 0)::float,
    count(*) filter (where is_new),
    coalesce(avg(has_salary::integer) filter (where is_new), 0)::float,
    coalesce(avg(has_skills::integer) filter (where is_new), 0)::float
from open_jobs
"""
_KEPT = """
insert into ops.batch_figures (
    batch_id, open_ads, pay_share, skill_share, quality_score,
    new_ads, new_pay_share, new_skill_share
) values (
    %(batch)s, %(open_ads)s, %(pay_share)s, %(skill_share)s, %(quality_score)s,
    %(new_ads)s, %(new_pay_share)s, %(new_skill_share)s
)
on conflict (batch_id) do update set
    open_ads = excluded.open_ads, pay_share = excluded.pay_share, skill_share = excluded.skill_share,
    quality_score = excluded.quality_score, new_ads = excluded.new_ads,
    new_pay_share = excluded.new_pay_share, new_skill_share = excluded.new_skill_share,
    measured_at = now()
"""
_USUAL = """
with published as (
    select batch_figures.*
    from ops.batch_figures
    inner join ops.batches on batch_figures.batch_id = batches.batch_id
    where batches.status = 'published' and batches.batch_id < %(batch)s
    order by batches.batch_id desc
    limit %(batches)s
)
select
    percentile_disc(0.5) within group (order by open_ads),
    percentile_disc(0.5) within group (order by pay_share),
    percentile_disc(0.5) within group (order by skill_share),
    percentile_disc(0.5) within group (order by quality_score),
    percentile_disc(0.5) within group (order by new_ads),
    percentile_disc(0.5) within group (order by new_pay_share) filter (where new_ads >= %(fewest)s),
    percentile_disc(0.5) within group (order by new_skill_share) filter (where new_ads >= %(fewest)s)
from published
"""


def pass_gate(connection: Connection, batch: Batch) -> Figures:
    """Measures the next marts and writes the figures down. Raises PublicationHeld where they fall too
    far below those of the batches before and nobody let this one through."""
    with transaction(connection) as cursor:
        cursor.execute(_MEASURED, {"day": batch.day})
        figures = Figures(*cursor.fetchone())
        cursor.execute(_KEPT, {"batch": batch.batch_id, **asdict(figures)})
        asked = {"batch": batch.batch_id, "batches": BATCHES_BEFORE, "fewest": FEWEST_ADS}
        cursor.execute(_USUAL, asked)
        usual = Figures(*cursor.fetchone())
        cursor.execute("select from ops.batches_let_through where batch_id = %s", (batch.batch_id,))
        is_let_through = cursor.fetchone() is not None
    fallen = [] if is_let_through else list(falls(figures, usual))
    if fallen:
        raise PublicationHeld(
            f"The batch of {batch.day} is built and not published: {'; '.join(fallen)}. Readers keep "
            "the batch before. Look at the schema marts_next; if this is right, "
            f'`jobdash publish --date {batch.day} --because "…"` lets it through.'
        )
    return figures


def let_through(connection: Connection, batch: Batch, reason: str, person: str) -> None:
    with transaction(connection) as cursor:
        cursor.execute(
            "insert into ops.batches_let_through (batch_id, reason, let_through_by)"
            " values (%s, %s, %s) on conflict (batch_id) do nothing",
            (batch.batch_id, reason, person),
        )


def falls(figures: Figures, usual: Figures) -> Iterator[str]:
    """What is too far below the usual, in words. The first batch has no usual: all is None."""
    if usual.open_ads is None or usual.open_ads < FEWEST_ADS:
        return
    if figures.open_ads < LEAST * usual.open_ads:
        yield f"{figures.open_ads:,} open ads, where {usual.open_ads:,} are usual"
    for name, what in (("pay_share", "pay"), ("skill_share", "skills")):
        share, before = getattr(figures, name), getattr(usual, name)
        if share < min(LEAST * before, before - FEWEST_POINTS):
            yield f"{share:.0%} of the open ads tell their {what}, where {before:.0%} are usual"
