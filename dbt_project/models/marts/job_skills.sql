{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_key',
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_key', 'skill_key'], 'unique': true},
            {'columns': ['skill_key', 'job_key']},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

ad_skills as (

    select * from {{ ref('int_ad_skills') }}
    where {{ newer_than_this() }}

),

final as (

    select
        ads.job_key,
        ad_skills.skill_key,
        ad_skills.batch_id
    from ad_skills
    inner join ads on ad_skills.job_id = ads.job_id

)

select * from final
