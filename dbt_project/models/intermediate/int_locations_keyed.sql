{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        indexes=[
            {'columns': ['location_id'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

places as (

    select * from {{ ref('int_ads_located') }}

),

first_spellings as (

    select
        places.location_id,
        places.commune_code,
        places.city,
        places.department_code,
        places.region,
        places.country_code,
        ads.batch_id,
        row_number() over (partition by places.location_id order by ads.job_key) as place
    from ads
    inner join places on ads.job_id = places.job_id
    {%- if is_incremental() %}
    where places.location_id not in (select this_model.location_id from {{ this }} as this_model)
    {%- endif %}

),

final as (

    select
        ---------- ids
        location_id,
        row_number() over (order by location_id)
        {%- if is_incremental() %}
        + (select coalesce(max(this_model.location_key), 0) from {{ this }} as this_model)
        {%- endif %} as location_key,
        batch_id,
        commune_code,

        ---------- strings
        city,
        department_code,
        region,
        country_code

    from first_spellings
    where place = 1

)

select * from final
