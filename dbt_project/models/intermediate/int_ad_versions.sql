{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['raw_ad_key'],
        on_schema_change='fail',
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
        quarantine_reasons is null
        and {{ newer_than_this() }}

),

-- text is cleaned first, so that an entity which is written as a character is no change
final as (

    select
        ---------- ids
        raw_ad_key,
        job_id,
        batch_id,

        ---------- strings
        source,
        country_code,
        {{ clean_text('title') }} as title,
        {{ clean_text('company_name') }} as company_name,
        {{ clean_text('description') }} as description,
        nullif(category_tag, 'unknown') as category_tag,
        contract_type,
        contract_time as working_time,
        -- as the source says it, or from the town up to the country
        {{ clean_text(
            "coalesce(place_text, concat_ws(', ', area_6, area_5, area_4, area_3, area_2, area_1))"
        ) }} as place,
        substring(url, '^https?://([^/]+)') as url_host,

        ---------- numbers
        {{ amount_of_pay('salary_min') }} as salary_min,
        {{ amount_of_pay('salary_max') }} as salary_max,

        ---------- timestamps
        fetched_at at time zone 'UTC' as fetched_at

    from ads

)

select * from final
