{{ config(materialized='table', indexes=[{'columns': ['skill_key'], 'unique': true}]) }}

with

skills as (

    select * from {{ ref('skill_taxonomy') }}

),

final as (

    select
        skill_key,
        skill_name,
        skill_category
    from skills

    union all

    select
        -1 as skill_key,
        '(none named)' as skill_name,
        'unknown' as skill_category

)

select * from final
