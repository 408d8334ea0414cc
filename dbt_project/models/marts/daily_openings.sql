{{
    config(
        materialized='table',
        indexes=[{'columns': ['date_key', 'country_code', 'source'], 'unique': true}],
    )
}}

-- A few rows a day, summed up from a few rows a batch: built anew, so that two generations of the marts cannot differ.
with

counted as (

    select * from {{ ref('int_batches_counted') }}

),

batches as (

    select * from {{ ref('stg_ops__batches') }}

),

by_day as (

    select
        batches.batch_date,
        counted.country_code,
        counted.source,
        {%- for event in ['opened', 'returned', 'vanished', 'closed', 'changed'] %}
        sum(counted.{{ event }}) as {{ event }},
        {%- endfor %}
        sum(counted.open_change) as open_change
    from counted
    inner join batches on counted.batch_id = batches.batch_id
    group by batches.batch_date, counted.country_code, counted.source

),

-- a day on which nothing happened has its row too
days as (

    select
        batch_date,
        max(batch_id) as batch_id
    from batches
    where batch_id <= (select max(counted.batch_id) from counted)
    group by batch_date

),

places as (

    select
        country_code,
        source,
        min(batch_date) as first_date
    from by_day
    group by country_code, source

),

filled as (

    select
        days.batch_date,
        days.batch_id,
        places.country_code,
        places.source,
        {%- for event in ['opened', 'returned', 'vanished', 'closed', 'changed'] %}
        coalesce(by_day.{{ event }}, 0) as {{ event }},
        {%- endfor %}
        coalesce(by_day.open_change, 0) as open_change
    from places
    inner join days on places.first_date <= days.batch_date
    left join by_day
        on
            days.batch_date = by_day.batch_date
            and places.country_code = by_day.country_code
            and places.source = by_day.source

),

final as (

    select
        ---------- ids
        {{ date_key('batch_date') }} as date_key,
        batch_id,

        ---------- strings
        country_code,
        source,

        ---------- numbers
        {%- for event in ['opened', 'returned', 'vanished', 'closed', 'changed'] %}
        {{ event }}::integer as {{ event }},
        {%- endfor %}
        (
            sum(open_change) over (
                partition by country_code, source
                order by batch_date
            )
        )::integer as open_at_end

    from filled

)

select * from final
