{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_id',
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

placed as (

    select * from {{ ref('int_ads_placed') }}

),

told as (

    select * from {{ ref('int_ad_places_told') }}

),

communes as (

    select * from {{ ref('communes') }}

),

departments as (

    select * from {{ ref('departments') }}

),

boxes as (

    select
        *,
        concat_ws('|', country_code, department_code) as box_id
    from {{ ref('place_boxes') }}

),

-- what the fields say comes first, then what the text does
french as (

    select
        placed.job_id,
        communes.commune_code,
        communes.commune_name,
        coalesce(placed.region_name, told.region_name) as region_name,
        coalesce(
            {{ department_of_commune('communes.commune_code') }}, placed.department_code, told.department_code
        ) as department_code
    from placed
    left join told
        on
            placed.job_id = told.job_id
            and placed.batch_id = told.batch_id
    left join communes on coalesce(placed.commune_code, told.commune_code) = communes.commune_code

),

everywhere as (

    select
        ads.job_id,
        ads.batch_id,
        ads.country_code,
        ads.latitude,
        ads.longitude,
        french.commune_code,
        french.department_code,
        case
            when ads.country_code = 'fr'
                then coalesce(departments.region_name, french.region_name, ads.area_2)
            else ads.area_2
        end as region,
        case
            when ads.country_code = 'fr' then french.commune_name
            else coalesce(ads.area_4, ads.area_3)
        end as city
    from ads
    left join french on ads.job_id = french.job_id
    left join departments on french.department_code = departments.department_code

),

checked as (

    select
        everywhere.*,
        case
            when
                everywhere.latitude is null
                or everywhere.longitude is null
                or {{ is_in_box('everywhere.latitude', 'everywhere.longitude') }}
                then null
            when {{ is_in_box('everywhere.longitude', 'everywhere.latitude') }} then 'swapped'
            -- an ad of France without a département may be one of New Caledonia
            when
                everywhere.country_code <> 'fr'
                or everywhere.department_code is not null
                or abs(everywhere.latitude) > 90
                then 'elsewhere'
        end as coordinates_issue
    from everywhere
    left join boxes on concat_ws('|', everywhere.country_code, everywhere.department_code) = boxes.box_id

),

final as (

    select
        ---------- ids
        job_id,
        batch_id,
        concat_ws(
            '|', country_code, region, department_code, {{ place_key('city') }}
        ) as location_id,
        commune_code,

        ---------- strings
        city,
        department_code,
        region,
        country_code,
        coordinates_issue,

        ---------- numbers
        case
            when coordinates_issue = 'swapped' then longitude
            when coordinates_issue is null and longitude is not null then latitude
        end as latitude,
        case
            when coordinates_issue = 'swapped' then latitude
            when coordinates_issue is null and latitude is not null then longitude
        end as longitude

    from checked

)

select * from final
