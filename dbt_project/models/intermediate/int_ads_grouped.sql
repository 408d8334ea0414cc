{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_id'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id'], 'unique': true},
            {'columns': ['posting_group_id']},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

tracked as (

    select * from {{ ref('int_ads_tracked') }}

),

{% if is_incremental() %}

changed as (

    select job_id from ads
    where {{ newer_than_this() }}

    union

    select job_id from tracked
    where {{ newer_than_this() }}

),

-- the groups that changed ads are in, and those that they left
touched as (

    select ads.posting_group_id
    from ads
    inner join changed on ads.job_id = changed.job_id

    union

    select this_model.posting_group_id
    from {{ this }} as this_model
    inner join changed on this_model.job_id = changed.job_id

),

{% endif %}

members as (

    select
        ads.job_id,
        ads.job_key,
        ads.posting_group_id,
        tracked.is_open
    from ads
    inner join tracked on ads.job_id = tracked.job_id
    {%- if is_incremental() %}
    where ads.posting_group_id in (select touched.posting_group_id from touched)
    {%- endif %}

),

-- one ad stands for its posting: an open one if there is one, the one that came first
ranked as (

    select
        *,
        row_number() over (
            partition by posting_group_id
            order by is_open desc, job_key asc
        ) = 1 as is_canonical
    from members

),

-- a row changes when its group does, which may be newer than all that is left in it
newest as (

    select max(batch_id) as batch_id
    from (
        select batch_id from ads

        union all

        select batch_id from tracked
    ) as seen

),

before as (

    {% if is_incremental() %}

    select
        job_id,
        posting_group_id,
        is_canonical
    from {{ this }}

    {% else %}

    select
        job_id,
        posting_group_id,
        is_canonical
    from ranked
    where false

    {% endif %}

),

final as (

    select
        ---------- ids
        ranked.job_id,
        ranked.posting_group_id,
        newest.batch_id,

        ---------- booleans
        ranked.is_canonical

    from ranked
    cross join newest
    left join before on ranked.job_id = before.job_id
    where
        before.posting_group_id is distinct from ranked.posting_group_id
        or before.is_canonical is distinct from ranked.is_canonical

)

select * from final
