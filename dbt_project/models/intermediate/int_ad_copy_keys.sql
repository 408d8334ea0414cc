{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['copy_key', 'job_key'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['copy_key', 'job_key'], 'unique': true},
            {'columns': ['job_key']},
            {'columns': ['batch_id']},
        ],
    )
}}

with

sketches as (

    select * from {{ ref('int_ads_sketched') }}
    where {{ newer_than_this() }}

),

-- the four smallest of an ad's pieces are those of its copies too, most of them: they are hashes
found as (

    select
        sketches.job_key,
        sketches.batch_id,
        keys.copy_key
    from sketches
    cross join lateral (
        select hashtextextended(concat_ws('|', titles.words, pieces.piece), 0) as copy_key
        from unnest(array[sketches.title_words, sketches.trade_words]) as titles (words)
        cross join unnest({{ smallest_four('sketches.first_pieces') }}) as pieces (piece)

        union

        select pieces.piece as copy_key
        from unnest({{ smallest_four('sketches.pieces') }}) as pieces (piece)
        where sketches.is_whole
    ) as keys

),

{% if is_incremental() %}

-- keys that an ad had before it changed; what is looked for by an array is found by its index
lost as (

    select
        before.job_key,
        sketches.batch_id,
        before.copy_key
    from {{ this }} as before
    inner join sketches on before.job_key = sketches.job_key
    left join found
        on
            before.copy_key = found.copy_key
            and before.job_key = found.job_key
    where
        before.job_key = any(array(select sketches.job_key from sketches))
        and before.is_current
        and found.job_key is null

),

touched as (

    select
        copy_key,
        max(batch_id) as batch_id,
        min(found_job_key) as first_found_job_key
    from (
        select
            copy_key,
            batch_id,
            job_key as found_job_key
        from found

        union all

        select
            copy_key,
            batch_id,
            null as found_job_key
        from lost
    ) as touching
    group by copy_key

),

firsts as (

    select
        touched.copy_key,
        touched.batch_id,
        least(touched.first_found_job_key, standing.job_key) as first_job_key,
        standing.first_job_key <> least(touched.first_found_job_key, standing.job_key)
        or touched.first_found_job_key < standing.job_key as has_moved
    from touched
    left join lateral (
        select
            this_model.job_key,
            this_model.first_job_key
        from {{ this }} as this_model
        where
            this_model.copy_key = touched.copy_key
            and this_model.is_current
            and this_model.job_key not in (select sketches.job_key from sketches)
        order by this_model.job_key
        limit 1
    ) as standing on true

),

-- all that hold a key are held against another ad, or against one that changed
moved as (

    select
        this_model.job_key,
        firsts.batch_id,
        firsts.copy_key,
        firsts.first_job_key
    from firsts
    inner join {{ this }} as this_model on firsts.copy_key = this_model.copy_key
    where
        firsts.has_moved
        and this_model.copy_key = any(array(select firsts.copy_key from firsts where firsts.has_moved))
        and this_model.is_current
        and this_model.job_key not in (select sketches.job_key from sketches)

),

keyed as (

    select
        found.job_key,
        found.batch_id,
        found.copy_key,
        firsts.first_job_key,
        true as is_current
    from found
    inner join firsts on found.copy_key = firsts.copy_key

    union all

    select
        job_key,
        batch_id,
        copy_key,
        first_job_key,
        true as is_current
    from moved

    union all

    select
        job_key,
        batch_id,
        copy_key,
        null as first_job_key,
        false as is_current
    from lost

),

{% else %}

keyed as (

    select
        *,
        min(job_key) over (partition by copy_key) as first_job_key,
        true as is_current
    from found

),

{% endif %}

final as (

    select
        ---------- ids
        copy_key,
        job_key,
        first_job_key,
        batch_id,

        ---------- booleans
        is_current

    from keyed

)

select * from final
