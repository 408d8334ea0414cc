{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='month_date',
        on_schema_change='fail',
        indexes=[
            {
                'columns': ['month_date', 'country_code', 'salary_currency', 'trade', 'region'],
                'unique': true,
            },
            {'columns': ['trade', 'region']},
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

countries as (

    select * from {{ ref('countries') }}

),

-- a posting without pay counts among those that are paid in the money of its country
ads as (

    select
        jobs.month_date,
        jobs.country_code,
        jobs.batch_id,
        jobs.is_canonical,
        coalesce(jobs.salary_currency, countries.currency_code, '---') as salary_currency,
        {{ trade_of('jobs.category_tag') }} as trade,
        coalesce(locations.region, '(unknown)') as region,
        jobs.is_canonical and jobs.salary_source = 'predicted' as is_predicted,
        case
            when jobs.is_canonical and jobs.salary_source in ('field', 'text')
                then coalesce(
                    (jobs.salary_annual_min + jobs.salary_annual_max) / 2,
                    jobs.salary_annual_min,
                    jobs.salary_annual_max
                )
        end::double precision as annual_pay
    from {{ jobs_of_touched('month', 'jobs') }} as jobs
    inner join locations on jobs.location_key = locations.location_key
    left join countries on jobs.country_code = countries.country_code

),

-- quartiles do not add up, so that the sums over trades and regions have their rows too
cells as (

    select
        month_date,
        country_code,
        salary_currency,
        case when grouping(trade) = 1 then '(all)' else trade end as trade,
        case when grouping(region) = 1 then '(all)' else region end as region,
        max(batch_id) as batch_id,
        count(*) filter (where is_canonical) as postings,
        count(annual_pay) as told,
        count(*) filter (where is_predicted) as predicted,
        percentile_cont(array[0.25, 0.5, 0.75]) within group (order by annual_pay) as quartiles
    from ads
    group by month_date, country_code, salary_currency, cube (trade, region)

),

final as (

    select
        ---------- ids
        {{ date_key('month_date') }} as month_key,
        batch_id,

        ---------- strings
        country_code,
        salary_currency,
        trade,
        region,

        ---------- numbers
        postings::integer as postings,
        told::integer as told,
        predicted::integer as predicted,
        (postings - told - predicted)::integer as unknown,
        (predicted / nullif(postings, 0)::numeric)::numeric(5, 4) as predicted_share,
        ((postings - told - predicted) / nullif(postings, 0)::numeric)::numeric(5, 4) as unknown_share,
        quartiles[1]::numeric(18, 2) as annual_pay_p25,
        quartiles[2]::numeric(18, 2) as annual_pay_p50,
        quartiles[3]::numeric(18, 2) as annual_pay_p75,

        ---------- dates
        month_date

    from cells

)

select * from final
