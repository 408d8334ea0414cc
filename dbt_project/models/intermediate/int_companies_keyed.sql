{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        indexes=[
            {'columns': ['company_id'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}
    where
        company_id is not null
        and {{ newer_than_this() }}

),

-- the spelling that came first holds
first_spellings as (

    select
        company_id,
        company_name,
        batch_id,
        row_number() over (partition by company_id order by job_key) as place
    from ads
    {%- if is_incremental() %}
    where company_id not in (select this_model.company_id from {{ this }} as this_model)
    {%- endif %}

),

final as (

    select
        ---------- ids
        company_id,
        row_number() over (order by company_id)
        {%- if is_incremental() %}
        + (select coalesce(max(this_model.company_key), 0) from {{ this }} as this_model)
        {%- endif %} as company_key,
        batch_id,

        ---------- strings
        company_name

    from first_spellings
    where place = 1

)

select * from final
