{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='date_key',
        on_schema_change='fail',
        indexes=[
            {'columns': ['date_key', 'country_code', 'source', 'field_name'], 'unique': true},
            {'columns': ['field_name', 'date_key']},
            {'columns': ['batch_id']},
        ],
    )
}}
{%- set fields = fields_of_a_job() %}

with

jobs as not materialized (

    select * from {{ ref('jobs') }}

),

locations as (

    select * from {{ ref('locations') }}

),

ads as (

    select
        jobs.*,
        locations.city,
        locations.department_code,
        locations.region
    from {{ jobs_of_touched('day', 'jobs') }} as jobs
    inner join locations on jobs.location_key = locations.location_key

),

counted as (

    select
        posted_date,
        country_code,
        source,
        {%- for condition in fields.values() %}
        count(*) filter (where {{ condition }}) as field_{{ loop.index }},
        {%- endfor %}
        count(*) as ads,
        max(batch_id) as batch_id
    from ads
    group by posted_date, country_code, source

),

final as (

    select
        ---------- ids
        {{ date_key('counted.posted_date') }} as date_key,
        counted.batch_id,

        ---------- strings
        counted.country_code,
        counted.source,
        fields.field_name,

        ---------- numbers
        counted.ads::integer as ads,
        fields.filled::integer as filled,
        (fields.filled / counted.ads::numeric)::numeric(5, 4) as share,

        ---------- dates
        counted.posted_date

    from counted
    cross join
        lateral (
            values
            {%- for name in fields %}
            ('{{ name }}', counted.field_{{ loop.index }}){{ ',' if not loop.last }}
            {%- endfor %}
        ) as fields (field_name, filled)

)

select * from final
