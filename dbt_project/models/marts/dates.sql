{{ config(materialized='table', indexes=[{'columns': ['date_key'], 'unique': true}]) }}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

batches as (

    select * from {{ ref('stg_ops__batches') }}

),

-- the days on which ads were posted, seen and changed
named as (

    select posted_at::date as date_day from ads

    union

    select batch_date from batches

),

days as (

    select day_at::date as date_day
    from generate_series(
        (select date_trunc('year', coalesce(min(named.date_day), current_date)::timestamp) from named),
        (select date_trunc('year', coalesce(max(named.date_day), current_date)::timestamp) from named)
        + interval '1 year' - interval '1 day',
        interval '1 day'
    ) as series (day_at)

),

final as (

    select
        to_char(date_day, 'YYYYMMDD')::integer as date_key,
        extract(year from date_day)::integer as calendar_year,
        extract(month from date_day)::integer as calendar_month,
        extract(isodow from date_day)::integer as iso_weekday,
        date_day
    from days

    union all

    select
        -1 as date_key,
        1900 as calendar_year,
        1 as calendar_month,
        1 as iso_weekday,
        date '1900-01-01' as date_day

)

select * from final
