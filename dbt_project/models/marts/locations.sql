{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        indexes=[
            {'columns': ['location_key'], 'unique': true},
            {'columns': ['batch_id']},
            {'columns': ['country_code', 'region', 'department_code', 'city']},
        ],
    )
}}

with

locations as (

    select * from {{ ref('int_locations_keyed') }}
    where {{ newer_than_this() }}

),

final as (

    select
        location_key,
        batch_id,
        commune_code,
        city,
        department_code,
        region,
        country_code
    from locations
    {%- if not is_incremental() %}

    union all

    select
        -1 as location_key,
        0 as batch_id,
        null as commune_code,
        null as city,
        null as department_code,
        null as region,
        '--' as country_code
    {%- endif %}

)

select * from final
