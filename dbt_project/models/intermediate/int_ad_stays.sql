{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_id', 'stay_number'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id', 'stay_number'], 'unique': true},
            {'columns': ['batch_id']},
            {'columns': ['changed_batch_id']},
        ],
    )
}}

-- The life of an ad as a series of stays. What ends a batch is known in that batch, so that nothing here depends on how
-- many batches came at once: each ad is carried on from its last sighting.
with

sightings as (

    select distinct
        job_id,
        batch_id
    from {{ ref('stg_landing__sightings') }}
    where {{ newer_than_this() }}

),

sweeps as (

    select * from {{ ref('stg_landing__sweeps') }}
    where is_complete

),

ad_searches as not materialized (

    select * from {{ ref('int_ad_searches') }}

),

{% if is_incremental() %}

-- ads that were seen, and those that a sweep may have missed which ended since
touched as (

    select job_id from sightings

    union

    select stays.job_id
    from {{ this }} as stays
    inner join ad_searches on stays.job_id = ad_searches.job_id
    inner join sweeps
        on
            ad_searches.search_id = sweeps.search_id
            and stays.last_seen_batch_id < sweeps.began_batch_id
    where
        stays.returned_batch_id is null
        and stays.closed_batch_id is null
        and {{ newer_than_this('sweeps.ended_batch_id') }}

),

{% endif %}

before as (

    {% if is_incremental() %}

    select stays.*
    from {{ this }} as stays
    inner join touched on stays.job_id = touched.job_id
    where stays.returned_batch_id is null

    {% else %}

    select
        job_id,
        null::integer as stay_number,
        batch_id as first_seen_batch_id,
        batch_id as last_seen_batch_id,
        null::bigint as vanished_batch_id,
        null::bigint as closed_batch_id
    from sightings
    where false

    {% endif %}

),

seen as (

    select
        job_id,
        batch_id
    from sightings

    union

    select
        job_id,
        last_seen_batch_id as batch_id
    from before

),

-- from one sighting to the next
gaps as (

    select
        job_id,
        batch_id,
        lead(batch_id) over (partition by job_id order by batch_id) as next_batch_id
    from seen

),

-- the sweeps that miss what was last seen in a batch, if nothing shows it until they end
later_sweeps as (

    select
        sweeps.search_id,
        last_seen.batch_id,
        min(sweeps.ended_batch_id) as first_ended_batch_id,
        (array_agg(sweeps.ended_batch_id order by sweeps.ended_batch_id))[2] as second_ended_batch_id
    from (select distinct gaps.batch_id from gaps) as last_seen
    inner join sweeps on last_seen.batch_id < sweeps.began_batch_id
    group by sweeps.search_id, last_seen.batch_id

),

missed as (

    select
        gaps.job_id,
        gaps.batch_id,
        min(later_sweeps.first_ended_batch_id) as vanished_batch_id,
        min(later_sweeps.second_ended_batch_id) filter (
            where gaps.next_batch_id is null or later_sweeps.second_ended_batch_id < gaps.next_batch_id
        ) as closed_batch_id
    from gaps
    inner join ad_searches
        on
            gaps.job_id = ad_searches.job_id
            and gaps.batch_id >= ad_searches.batch_id
    inner join later_sweeps
        on
            ad_searches.search_id = later_sweeps.search_id
            and gaps.batch_id = later_sweeps.batch_id
    where
        gaps.next_batch_id is null
        or later_sweeps.first_ended_batch_id < gaps.next_batch_id
    group by gaps.job_id, gaps.batch_id

),

-- a gap in which the ad vanished ends its stay
numbered as (

    select
        gaps.job_id,
        gaps.batch_id,
        missed.vanished_batch_id,
        missed.closed_batch_id,
        case when missed.vanished_batch_id is not null then gaps.next_batch_id end as returned_batch_id,
        count(missed.vanished_batch_id) over (
            partition by gaps.job_id
            order by gaps.batch_id
            rows between unbounded preceding and 1 preceding
        ) as stays_ended
    from gaps
    left join missed
        on
            gaps.job_id = missed.job_id
            and gaps.batch_id = missed.batch_id

),

stays as (

    select
        numbered.job_id,
        (coalesce(before.stay_number, 1) + numbered.stays_ended)::integer as stay_number,
        least(
            min(numbered.batch_id),
            min(before.first_seen_batch_id) filter (where numbered.stays_ended = 0)
        ) as first_seen_batch_id,
        max(numbered.batch_id) as last_seen_batch_id,
        max(numbered.vanished_batch_id) as vanished_batch_id,
        max(numbered.closed_batch_id) as closed_batch_id,
        max(numbered.returned_batch_id) as returned_batch_id
    from numbered
    left join before on numbered.job_id = before.job_id
    group by numbered.job_id, before.stay_number, numbered.stays_ended

),

dated as (

    select
        *,
        greatest(
            first_seen_batch_id, vanished_batch_id, closed_batch_id, returned_batch_id
        ) as changed_batch_id
    from stays

),

final as (

    select
        ---------- ids
        dated.job_id,
        dated.stay_number,
        dated.first_seen_batch_id,
        dated.last_seen_batch_id,
        dated.vanished_batch_id,
        dated.closed_batch_id,
        dated.returned_batch_id,
        dated.changed_batch_id,
        greatest(dated.changed_batch_id, dated.last_seen_batch_id) as batch_id

    from dated
    left join before
        on
            dated.job_id = before.job_id
            and dated.stay_number = before.stay_number
    where
        before.last_seen_batch_id is distinct from dated.last_seen_batch_id
        or before.vanished_batch_id is distinct from dated.vanished_batch_id
        or before.closed_batch_id is distinct from dated.closed_batch_id
        or dated.returned_batch_id is not null

)

select * from final
