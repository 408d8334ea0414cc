{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_key', 'stay_number'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_key', 'stay_number'], 'unique': true},
            {'columns': ['batch_id']},
            {'columns': ['closed_date_key']},
        ],
    )
}}

with

ads as not materialized (

    select * from {{ ref('int_ads_cleaned') }}

),

stays as not materialized (

    select * from {{ ref('int_ad_stays') }}

),

batches as (

    select * from {{ ref('stg_ops__batches') }}

),

-- an ad may have been seen before it could be used
changed as (

    select job_id from stays
    where {{ newer_than_this() }}

    union

    select job_id from ads
    where {{ newer_than_this() }}

),

dated as (

    select
        ads.job_key,
        stays.stay_number,
        stays.batch_id,
        stays.returned_batch_id is null as is_current,
        first_batches.batch_date as first_seen_date,
        last_batches.batch_date as last_seen_date,
        vanishing_batches.batch_date as vanished_date,
        closing_batches.batch_date as closed_date
    from changed
    inner join ads on changed.job_id = ads.job_id
    inner join stays on changed.job_id = stays.job_id
    inner join batches as first_batches on stays.first_seen_batch_id = first_batches.batch_id
    inner join batches as last_batches on stays.last_seen_batch_id = last_batches.batch_id
    left join batches as vanishing_batches on stays.vanished_batch_id = vanishing_batches.batch_id
    left join batches as closing_batches on stays.closed_batch_id = closing_batches.batch_id

),

final as (

    select
        ---------- ids
        job_key,
        stay_number,
        {{ date_key('first_seen_date') }} as first_seen_date_key,
        {{ date_key('last_seen_date') }} as last_seen_date_key,
        {{ date_key('vanished_date') }} as vanished_date_key,
        {{ date_key('closed_date') }} as closed_date_key,
        batch_id,

        ---------- booleans
        is_current,

        ---------- dates
        first_seen_date,
        last_seen_date,
        vanished_date,
        closed_date

    from dated

)

select * from final
