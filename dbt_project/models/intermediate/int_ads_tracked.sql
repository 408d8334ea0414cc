-- no part of it may be materialized: whoever asks for a few ads would pay for all
with

stays as not materialized (

    select * from {{ ref('int_ad_stays') }}

),

batches as not materialized (

    select * from {{ ref('stg_ops__batches') }}

),

final as (

    select
        ---------- ids
        latest.job_id,
        first_stays.first_seen_batch_id,
        latest.last_seen_batch_id,
        -- not the batch that merely saw the ad again: every night would rewrite what readers see of it
        latest.changed_batch_id as batch_id,

        ---------- numbers
        latest.stay_number - 1 as times_returned,

        ---------- booleans
        latest.closed_batch_id is null as is_open,
        latest.vanished_batch_id is not null as is_vanished,

        ---------- dates
        first_batches.batch_date as first_seen_date,
        last_batches.batch_date as last_seen_date,
        closing_batches.batch_date as closed_date

    from stays as latest
    inner join stays as first_stays
        on
            latest.job_id = first_stays.job_id
            and first_stays.stay_number = 1
    inner join batches as first_batches on first_stays.first_seen_batch_id = first_batches.batch_id
    inner join batches as last_batches on latest.last_seen_batch_id = last_batches.batch_id
    left join batches as closing_batches on latest.closed_batch_id = closing_batches.batch_id
    where latest.returned_batch_id is null

)

select * from final
