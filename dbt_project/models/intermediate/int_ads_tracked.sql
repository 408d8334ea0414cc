{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_id'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

sightings as (

    select * from {{ ref('stg_adzuna__sightings') }}

),

complete_sweeps as (

    select
        search,
        max(batch_id) as batch_id
    from {{ ref('stg_adzuna__sweeps') }}
    where is_complete
    group by search

),

-- the last time that each search showed each ad
last_seen as (

    select
        job_id,
        search,
        max(batch_id) as batch_id
    from sightings
    group by job_id, search

),

-- An ad is open while one of the searches that ever showed it has shown it since, or has not been complete since.
judged as (

    select
        last_seen.job_id,
        bool_or(last_seen.batch_id >= coalesce(complete_sweeps.batch_id, 0)) as is_open
    from last_seen
    left join complete_sweeps on last_seen.search = complete_sweeps.search
    group by last_seen.job_id

),

newest as (

    select max(batch_id) as batch_id
    from (
        select batch_id from sightings

        union all

        select batch_id from {{ ref('stg_adzuna__sweeps') }}
    ) as seen_or_swept

),

before as (

    {% if is_incremental() %}

    select
        job_id,
        is_open
    from {{ this }}

    {% else %}

    select
        job_id,
        is_open
    from judged
    where false

    {% endif %}

),

final as (

    select
        ---------- ids
        judged.job_id,
        newest.batch_id,

        ---------- booleans
        judged.is_open

    from judged
    cross join newest
    left join before on judged.job_id = before.job_id
    where before.is_open is distinct from judged.is_open

)

select * from final
