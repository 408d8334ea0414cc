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

mentions as (

    select * from {{ ref('int_ad_pay_mentions') }}
    where verdict = 'pay'

),

countries as (

    select * from {{ ref('countries') }}

),

bounded as (

    select
        ads.job_id,
        ads.batch_id,
        ads.title,
        ads.description,
        ads.salary_min,
        ads.salary_max,
        ads.salary_period_text,
        ads.is_salary_predicted,
        ads.currency_text,
        countries.currency_code,
        coalesce(ads.salary_min, ads.salary_max) as lower_amount,
        coalesce(ads.salary_max, ads.salary_min) as upper_amount
    from ads
    left join countries on ads.country_code = countries.country_code

),

understood as (

    select
        *,
        -- two amounts that stand the wrong way round or lie far apart, or are not of one size where no period is said,
        -- say nothing
        case
            when lower_amount not between upper_amount / 8 and upper_amount then null
            when salary_period_text is not null
                then {{ believed_period('salary_period_text', 'lower_amount', 'upper_amount') }}
            when {{ pay_period('lower_amount') }} = {{ pay_period('upper_amount') }}
                then {{ pay_period('lower_amount') }}
        end as field_period
    from bounded

),

-- the texts are read where a learner's pay would be too high, which is seldom
believed as (

    select
        *,
        case
            when field_period is null then null
            when {{ pay_per_year('upper_amount', 'field_period') }} <= {{ most_for_learners() }} then field_period
            when not {{ is_for_learners('title', 'description') }} then field_period
        end as believed_period
    from understood

),

-- the fields first; where they say nothing that can be believed, the first pay that the text tells
chosen as (

    select
        believed.job_id,
        believed.batch_id,
        coalesce(believed.believed_period, told.period) as salary_period,
        case
            when believed.believed_period is not null
                then coalesce(believed.currency_text, believed.currency_code)
            else coalesce(told.currency_text, believed.currency_code)
        end as currency_code,
        case
            when believed.believed_period is not null and believed.is_salary_predicted then 'predicted'
            when believed.believed_period is not null then 'field'
            when told.period is not null then 'text'
        end as salary_source,
        case
            when believed.believed_period is not null and believed.is_salary_predicted then 0.5
            when believed.believed_period is not null and believed.salary_period_text is not null then 1
            when believed.believed_period is not null then 0.9
            when told.is_called_pay and told.is_period_told then 0.9
            when told.is_called_pay or told.is_period_told then 0.8
            when told.period is not null then 0.7
        end as salary_confidence,
        case
            when believed.believed_period is not null then believed.salary_min else told.lower_amount
        end as amount_min,
        case
            when believed.believed_period is not null then believed.salary_max else told.upper_amount
        end as amount_max
    from believed
    left join lateral (
        select
            mentions.period,
            mentions.currency_text,
            mentions.lower_amount,
            mentions.upper_amount,
            mentions.is_called_pay,
            mentions.is_period_told
        from mentions
        where
            mentions.job_id = believed.job_id
            and mentions.batch_id = believed.batch_id
        order by mentions.place
        limit 1
    ) as told on believed.believed_period is null

),

final as (

    select
        ---------- ids
        job_id,
        batch_id,

        ---------- strings
        salary_period,
        case when salary_period is not null then currency_code end as salary_currency,
        salary_source,

        ---------- numbers
        amount_min::numeric(18, 2) as salary_min,
        amount_max::numeric(18, 2) as salary_max,
        ({{ pay_per_year('amount_min', 'salary_period') }})::numeric(18, 2) as salary_annual_min,
        ({{ pay_per_year('amount_max', 'salary_period') }})::numeric(18, 2) as salary_annual_max,
        salary_confidence::numeric(3, 2) as salary_confidence

    from chosen

)

select * from final
