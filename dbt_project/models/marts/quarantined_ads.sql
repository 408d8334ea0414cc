{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['raw_ad_key'],
        on_schema_change='fail',
        pre_hook="{{ release_usable_ads() }}",
        indexes=[
            {'columns': ['raw_ad_key'], 'unique': true},
            {'columns': ['job_id']},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_unioned') }}
    where
        quarantine_reasons is not null
        and {{ newer_than_this() }}

),

final as (

    select
        ---------- ids
        raw_ad_key,
        job_id,
        source_ad_id,
        batch_id,

        ---------- strings
        source,
        country_code,
        title,
        quarantine_reasons,

        ---------- timestamps
        fetched_at at time zone 'UTC' as fetched_at

    from ads

)

select * from final
