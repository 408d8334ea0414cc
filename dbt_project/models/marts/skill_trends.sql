{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='month_date',
        on_schema_change='fail',
        indexes=[
            {'columns': ['month_date', 'country_code', 'trade', 'skill_key'], 'unique': true},
            {'columns': ['skill_key', 'month_date']},
            {'columns': ['trade', 'month_date']},
            {'columns': ['batch_id']},
        ],
    )
}}

with

jobs as not materialized (

    select * from {{ ref('jobs') }}

),

job_skills as (

    select * from {{ ref('job_skills') }}

),

ads as materialized (

    select
        jobs.job_key,
        jobs.month_date,
        jobs.country_code,
        jobs.is_canonical,
        jobs.batch_id,
        {{ trade_of('jobs.category_tag') }} as trade
    from {{ jobs_of_touched('month', 'jobs') }} as jobs

),

trades as (

    select
        month_date,
        country_code,
        trade,
        max(batch_id) as batch_id,
        count(*) filter (where is_canonical) as postings
    from ads
    group by month_date, country_code, trade

),

named as (

    select
        ads.month_date,
        ads.country_code,
        ads.trade,
        job_skills.skill_key,
        count(*) as postings
    from ads
    inner join job_skills on ads.job_key = job_skills.job_key
    where ads.is_canonical
    group by ads.month_date, ads.country_code, ads.trade, job_skills.skill_key

),

final as (

    select
        ---------- ids
        {{ date_key('trades.month_date') }} as month_key,
        named.skill_key,
        trades.batch_id,

        ---------- strings
        trades.country_code,
        trades.trade,

        ---------- numbers
        named.postings::integer as postings,
        trades.postings::integer as trade_postings,
        (named.postings / trades.postings::numeric)::numeric(5, 4) as share,

        ---------- dates
        trades.month_date

    from trades
    inner join named
        on
            trades.month_date = named.month_date
            and trades.country_code = named.country_code
            and trades.trade = named.trade

)

select * from final
