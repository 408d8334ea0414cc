"""What `/metrics` tells of the batches. A topic is one statement: some of its columns are labels, the
others metrics without their `jobdash_`. What is null is not told."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    told: Mapping[str, str]
    sql: str
    labels: tuple[str, ...] = ()


BATCH_UNDER_WAY = Topic(
    {"batch_running_seconds": "Since the batch under way began; 0 while there is none."},
    # Whoever goes on with a batch after half an hour begins anew. Between two stages of Airflow none runs
    # for a while. When a process was killed nobody knows: its row is closed by the next one.
    """
    with runs as (
        select
            batches.status as batch_status,
            runs.*,
            started_at - lag(
                case when error_type = 'ProcessEnded' then started_at else ended_at end
            ) over (order by run_id) < '30 minutes' as goes_on
        from ops.batches
        inner join ops.batch_runs as runs using (batch_id)
        where batch_id = (select max(batch_id) from ops.batches)
    ),

    newest_run as (
        select
            status = 'running' or (
                batch_status = 'open' and status = 'success'
                and ended_at > now() - interval '10 minutes'
            ) as is_under_way
        from runs
        order by run_id desc
        limit 1
    )

    select
        coalesce(
            extract(epoch from now() - max(started_at) filter (where goes_on is not true)), 0
        ) as batch_running_seconds
    from runs
    cross join newest_run
    where is_under_way
    """,
)

BATCHES = Topic(
    {
        "batch_last_success_timestamp_seconds": "When the last batch was published.",
        "batch_duration_seconds": "What the stages of the last published batch took.",
        "batches_failed_in_a_row": "Batches since the last published one that failed or were given up.",
        "batch_held": "Whether the gate holds the newest batch back.",
    },
    """
    with published as (
        select batch_id, published_at
        from ops.batches
        where status = 'published'
        order by batch_id desc
        limit 1
    )

    select
        (select extract(epoch from published_at) from published)
            as batch_last_success_timestamp_seconds,
        (
            select extract(epoch from sum(runs.ended_at - runs.started_at))
            from published
            inner join ops.batch_runs as runs using (batch_id)
        ) as batch_duration_seconds,
        (
            select count(*)
            from ops.batches
            where
                batch_id > coalesce((select batch_id from published), 0)
                and (
                    status = 'superseded'
                    or 'failed' = (
                        select runs.status
                        from ops.batch_runs as runs
                        where runs.batch_id = batches.batch_id
                        order by run_id desc
                        limit 1
                    )
                )
        ) as batches_failed_in_a_row,
        coalesce(
            (
                select batches.status = 'open' and runs.error_type = 'PublicationHeld'
                from ops.batch_runs as runs
                inner join ops.batches using (batch_id)
                order by run_id desc
                limit 1
            ),
            false
        )::integer as batch_held
    """,
)

STAGES = Topic(
    {"stage_duration_seconds": "The newest run of each stage that succeeded."},
    """
    select distinct on (stage)
        stage,
        extract(epoch from ended_at - started_at) as stage_duration_seconds
    from ops.batch_runs
    where status = 'success'
    order by stage asc, run_id desc
    """,
    labels=("stage",),
)

RUNS = Topic(
    {"stage_runs_total": "Runs of the stages that ended."},
    """
    select stage, status, count(*) as stage_runs_total
    from ops.batch_runs
    where status <> 'running'
    group by stage, status
    """,
    labels=("stage", "status"),
)

RETRIES = Topic(
    {"stage_retries_total": "Runs of the stages that were not the first of their batch."},
    """
    select stage, count(*) filter (where attempt > 1) as stage_retries_total
    from ops.batch_runs
    group by stage
    """,
    labels=("stage",),
)

ERRORS = Topic(
    {
        "run_errors_total": "Runs that failed, by the class of the error; at most the fifty last seen.",
        "run_error_first_seen_timestamp_seconds": "When an error of this class was seen first.",
    },
    """
    select
        coalesce(error_type, 'unrecorded') as type,
        count(*) as run_errors_total,
        extract(epoch from min(ended_at)) as run_error_first_seen_timestamp_seconds
    from ops.batch_runs
    where status = 'failed'
    group by 1
    order by max(ended_at) desc
    limit 50
    """,
    labels=("type",),
)

ADS = Topic(
    {
        "batch_ads": "Ads of the newest counted batch; the vanished ones are not among the collected."
    },
    """
    select outcome, batch_ads
    from (select * from ops.batches_counted order by batch_id desc limit 1) as newest
    cross join lateral (
        values
        ('inserted', inserted), ('updated', updated), ('unchanged', unchanged),
        ('repeated', repeated), ('quarantined', quarantined), ('vanished', vanished)
    ) as outcomes (outcome, batch_ads)
    """,
    labels=("outcome",),
)

USUAL = Topic(
    {
        "batch_ads_collected": "Ads that the newest counted batch collected.",
        "batch_ads_collected_mean": "The same of the ten batches before it.",
        "batch_quarantine_ratio": "Share of the newest counted batch's ads in quarantine.",
        "batch_quarantine_ratio_mean": "The same of the ten batches before it.",
    },
    """
    with counted as (
        select *, row_number() over (order by batch_id desc) = 1 as is_newest
        from ops.batches_counted
        order by batch_id desc
        limit 11
    )

    select
        max(collected) filter (where is_newest) as batch_ads_collected,
        avg(collected) filter (where not is_newest) as batch_ads_collected_mean,
        max(quarantine_ratio) filter (where is_newest) as batch_quarantine_ratio,
        avg(quarantine_ratio) filter (where not is_newest) as batch_quarantine_ratio_mean
    from counted
    """,
)

FIGURES = Topic(
    {
        "batch_open_ads": "Open ads of the newest batch that came to the gate.",
        "batch_pay_ratio": "Share of them that tell their pay.",
        "batch_skill_ratio": "Share of them that tell skills.",
        "batch_data_quality_score": "The mean of their data_quality_score, 0 to 100.",
    },
    """
    select
        open_ads as batch_open_ads,
        pay_share as batch_pay_ratio,
        skill_share as batch_skill_ratio,
        quality_score as batch_data_quality_score
    from ops.batch_figures
    order by batch_id desc
    limit 1
    """,
)

CALLS = Topic(
    {
        "calls_left": "Calls that a window of the source's limits still lets go.",
        "calls_limit": "Calls that a window lets go.",
    },
    "select source, extract(epoch from span)::integer::text as window_seconds, calls_left, calls_limit"
    " from ops.calls_left",
    labels=("source", "window_seconds"),
)

PUBLICATION = Topic(
    {
        "marts_published_timestamp_seconds": "When the marts that readers see were published.",
        "model_info": "The version of the search model that answers.",
        "model_created_timestamp_seconds": "When it was built.",
        "model_activated_timestamp_seconds": "Since when it answers.",
        "model_ads": "Ads that it knows.",
    },
    """
    select
        version,
        1 as model_info,
        extract(epoch from published_at) as marts_published_timestamp_seconds,
        extract(epoch from created_at) as model_created_timestamp_seconds,
        (
            select extract(epoch from max(activated_at))
            from (
                select activations.*, lag(version) over (order by activation_id) as version_before
                from ops.model_activations as activations
            ) as changes
            where version is distinct from version_before
        ) as model_activated_timestamp_seconds,
        ads as model_ads
    from ops.publication
    inner join ops.model_versions on publication.model_version = model_versions.version
    """,
    labels=("version",),
)

# A table that somebody replaces just now would have to be waited for, and is left out.
SIZES = Topic(
    {"schema_size_bytes": "Tables of a schema with their indexes."},
    """
    select nspname as schema, sum(pg_total_relation_size(pg_class.oid)) as schema_size_bytes
    from pg_class
    inner join pg_namespace on pg_class.relnamespace = pg_namespace.oid
    where
        relkind in ('r', 'm')
        and nspname in ('raw', 'ops', 'staging', 'intermediate', 'marts', 'marts_next')
        and not exists (
            select from pg_locks where relation = pg_class.oid and mode = 'AccessExclusiveLock'
        )
    group by nspname
    """,
    labels=("schema",),
)

DATABASE = Topic(
    {"database_size_bytes": "The database, whoever uses it."},
    "select pg_database_size(current_database()) as database_size_bytes"
    " where has_database_privilege(current_database(), 'connect')",
)

TOPICS = (
    BATCH_UNDER_WAY, BATCHES, STAGES, RUNS, RETRIES, ERRORS, ADS, USUAL, FIGURES, CALLS, PUBLICATION,
    DATABASE, SIZES,
)  # fmt: skip
