{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_id',
        on_schema_change='fail',
        pre_hook="{{ delete_rows_of_changed_ads() }}",
        indexes=[
            {'columns': ['job_id', 'place'], 'unique': true},
            {'columns': ['verdict']},
            {'columns': ['batch_id']},
            {'columns': ['job_key']},
        ],
    )
}}

with

mentions as (

    select * from {{ ref('int_ad_pay_mentions') }}
    where {{ newer_than_this() }}

),

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

final as (

    select
        ---------- ids
        mentions.job_id,
        ads.job_key,
        mentions.place::integer as place,
        mentions.batch_id,

        ---------- strings
        mentions.mention,
        mentions.verdict,
        mentions.period as salary_period,
        mentions.currency_text as salary_currency,

        ---------- numbers
        mentions.lower_amount as salary_min,
        mentions.upper_amount as salary_max

    from mentions
    inner join ads on mentions.job_id = ads.job_id

)

select * from final
