with

batches as (

    select * from {{ ref('stg_ops__batches') }}

),

batch_runs as (

    select * from {{ ref('stg_ops__batch_runs') }}

),

latest_runs as (

    select
        *,
        row_number() over (partition by batch_id, stage order by attempt desc) as age
    from batch_runs

),

final as (

    select
        ---------- ids
        batches.batch_id,

        ---------- strings
        batches.status as batch_status,
        latest_runs.stage,
        latest_runs.status as stage_status,
        latest_runs.error,

        ---------- numbers
        latest_runs.attempt,
        batches.collected,
        batches.inserted,
        batches.updated,
        batches.unchanged,
        batches.repeated,
        batches.quarantined,
        batches.vanished,

        ---------- dates
        batches.batch_date,

        ---------- timestamps
        latest_runs.started_at,
        latest_runs.ended_at,
        batches.published_at

    from batches
    inner join latest_runs on batches.batch_id = latest_runs.batch_id
    where
        latest_runs.age = 1
        and batches.batch_id = (select max(newest.batch_id) from batches as newest)

)

select * from final
