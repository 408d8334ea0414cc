{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        indexes=[{'columns': ['batch_id', 'country_code', 'source'], 'unique': true}],
    )
}}

with

stays as not materialized (

    select * from {{ ref('int_ad_stays') }}

),

versions as not materialized (

    select * from {{ ref('int_ad_versions') }}

),

changes as (

    select * from {{ ref('int_ad_changes') }}
    where {{ newer_than_this() }}

),

touched as (

    select job_id from stays
    where {{ newer_than_this('changed_batch_id') }}

    union

    select job_id from versions
    where {{ newer_than_this() }}

),

usable as (

    select distinct on (versions.job_id)
        versions.job_id,
        versions.country_code,
        versions.source,
        versions.batch_id as usable_batch_id
    from versions
    inner join touched on versions.job_id = touched.job_id
    order by versions.job_id, versions.batch_id, versions.raw_ad_key

),

-- a stay counts as open until it is closed, or goes over into the next
turns as (

    select
        usable.*,
        turn.batch_id,
        turn.event,
        turn.open_change
    from stays
    inner join usable on stays.job_id = usable.job_id
    cross join
        lateral (
            values
            (stays.first_seen_batch_id, case when stays.stay_number = 1 then 'opened' else 'returned' end, 1),
            (stays.vanished_batch_id, 'vanished', 0),
            (stays.closed_batch_id, 'closed', -1),
            (case when stays.closed_batch_id is null then stays.returned_batch_id end, 'continued', -1)
        ) as turn (batch_id, event, open_change)
    where turn.batch_id is not null

),

events as (

    -- what an ad went through while it could not be used is counted in the batch in which it could
    select
        country_code,
        source,
        event,
        open_change,
        greatest(batch_id, usable_batch_id) as batch_id
    from turns

    union all

    select
        usable.country_code,
        usable.source,
        'changed' as event,
        0 as open_change,
        changed_ads.batch_id
    from (
        select distinct
            changes.job_id,
            changes.version_batch_id as batch_id
        from changes
    ) as changed_ads
    inner join usable on changed_ads.job_id = usable.job_id

),

final as (

    select
        ---------- ids
        batch_id,

        ---------- strings
        country_code,
        source,

        ---------- numbers
        {%- for event in ['opened', 'returned', 'vanished', 'closed', 'changed'] %}
        (count(*) filter (where event = '{{ event }}'))::integer as {{ event }},
        {%- endfor %}
        sum(open_change)::integer as open_change

    from events
    where {{ newer_than_this() }}
    group by batch_id, country_code, source

)

select * from final
