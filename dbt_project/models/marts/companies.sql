{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        indexes=[
            {'columns': ['company_key'], 'unique': true},
            {'columns': ['batch_id']},
            {'columns': ['company_name']},
            {'columns': ['company_name gin_trgm_ops'], 'type': 'gin'},
        ],
    )
}}

with

companies as (

    select * from {{ ref('int_companies_keyed') }}
    where {{ newer_than_this() }}

),

final as (

    select
        company_key,
        batch_id,
        company_name
    from companies
    {%- if not is_incremental() %}

    union all

    select
        -1 as company_key,
        0 as batch_id,
        '(unknown)' as company_name
    {%- endif %}

)

select * from final
