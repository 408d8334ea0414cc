{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id', 'search_id'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

sightings as (

    select * from {{ ref('stg_landing__sightings') }}
    where {{ newer_than_this() }}

),

first_sightings as (

    select
        job_id,
        search_id,
        min(batch_id) as batch_id
    from sightings
    group by job_id, search_id

),

final as (

    select
        ---------- ids
        job_id,
        search_id,
        batch_id

    from first_sightings
    {%- if is_incremental() %}
    where
        not exists (
            select from {{ this }} as this_model
            where
                this_model.job_id = first_sightings.job_id
                and this_model.search_id = first_sightings.search_id
        )
    {%- endif %}

)

select * from final
