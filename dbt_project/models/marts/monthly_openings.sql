{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='month_date',
        on_schema_change='fail',
        indexes=[
            {'columns': ['month_date', 'country_code', 'source', 'region', 'trade'], 'unique': true},
            {'columns': ['trade', 'month_date']},
            {'columns': ['batch_id']},
        ],
    )
}}

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
        {{ trade_of('jobs.category_tag') }} as trade,
        coalesce(locations.region, '(unknown)') as region,
        jobs.closed_date - jobs.posted_date as days_open
    from {{ jobs_of_touched('month', 'jobs') }} as jobs
    inner join locations on jobs.location_key = locations.location_key

),

final as (

    select
        ---------- ids
        {{ date_key('month_date') }} as month_key,
        max(batch_id) as batch_id,

        ---------- strings
        country_code,
        source,
        region,
        trade,

        ---------- numbers
        count(*)::integer as ads,
        (count(*) filter (where is_canonical))::integer as postings,
        (count(*) filter (where is_open))::integer as open_ads,
        (count(*) filter (where is_open and is_canonical))::integer as open_postings,
        (count(*) filter (where not is_open))::integer as closed_ads,
        (percentile_cont(0.5) within group (order by days_open))::numeric(18, 2) as days_open_p50,

        ---------- dates
        month_date

    from ads
    group by month_date, country_code, source, region, trade

)

select * from final
