{#- The columns that every source's staging has, and those that only some of them know. -#}
{%- set shared = [
    'raw_ad_key', 'job_id', 'source_ad_id', 'batch_id',
    'source', 'country_code', 'title', 'description', 'company_name', 'category_tag', 'contract_type', 'contract_time',
    'area_1', 'area_2', 'area_3', 'area_4', 'area_5', 'area_6', 'url', 'quarantine_reasons',
    'salary_min', 'salary_max', 'latitude', 'longitude', 'is_salary_predicted', 'posted_at', 'fetched_at',
] -%}
{%- set known_to = {
    'salary_text': ['france_travail'],
    'salary_period_text': ['france_travail', 'files'],
    'currency_text': ['files'],
    'rome_code': ['france_travail'],
    'experience_text': ['france_travail'],
    'place_text': ['france_travail'],
    'department_code': ['france_travail'],
    'commune_code': ['france_travail'],
    'postal_code': ['france_travail'],
} -%}
with

adzuna as (

    select * from {{ ref('stg_adzuna__ads') }}

),

france_travail as (

    select * from {{ ref('stg_france_travail__ads') }}

),

files as (

    select * from {{ ref('stg_files__ads') }}

),

final as (

    {% for origin in ['adzuna', 'france_travail', 'files'] %}

    select
        {%- for column in shared %}
        {{ column }},
        {%- endfor %}
        {%- for column, origins in known_to.items() %}
        {% if origin not in origins %}null::text as {% endif %}{{ column }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ origin }}

    {% if not loop.last %}
    union all
    {% endif %}

    {% endfor %}

)

select * from final
