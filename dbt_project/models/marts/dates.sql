{{ config(materialized='table', indexes=[{'columns': ['date_key'], 'unique': true}]) }}

with

jobs as not materialized (

    select * from {{ ref('jobs') }}

),

batches as (

    select * from {{ ref('stg_ops__batches') }}

),

-- the first and the last day on which an ad was posted, seen or changed
named as (

    select min(posted_date) as date_day from jobs

    union all

    select max(posted_date) as date_day from jobs

    union all

    select batch_date as date_day from batches

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
