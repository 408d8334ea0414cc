{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_id'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id'], 'unique': true},
            {'columns': ['job_key'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_unioned') }}
    where
        quarantine_reasons is null
        and {{ newer_than_this() }}

),

numbered as (

    select
        *,
        row_number() over (
            partition by job_id
            order by raw_ad_key desc
        ) as age,
        min(raw_ad_key) over (partition by job_id) as first_raw_ad_key,
        first_value(posted_at) over (
            partition by job_id
            order by raw_ad_key
        ) as first_posted_at
    from ads

),

latest as (

    select
        *,
        {{ clean_text('title') }} as clean_title,
        {{ clean_text('description') }} as clean_description,
        -- a name of thousands of characters is none, and no index takes it
        left({{ clean_text('company_name') }}, 200) as clean_company_name
    from numbered
    where age = 1

),

known as (

    {% if is_incremental() %}

    select
        job_id,
        job_key,
        posted_at
    from {{ this }}
    where job_id in (select latest.job_id from latest)

    {% else %}

    select
        job_id,
        null::bigint as job_key,
        posted_at
    from latest
    where false

    {% endif %}

),

keyed as (

    select
        latest.*,
        known.posted_at as known_posted_at,
        known.job_key as known_job_key,
        -- keys in the order of arrival, without gaps and without chance
        row_number()
            over (
                partition by known.job_id is null
                order by latest.first_raw_ad_key
            )
        {%- if is_incremental() %}
        + (select coalesce(max(this_model.job_key), 0) from {{ this }} as this_model)
        {%- endif %} as next_job_key
    from latest
    left join known on latest.job_id = known.job_id

),

worded as (

    select
        *,
        {{ company_id('clean_company_name') }} as company_id
    from keyed

),

final as (

    select
        ---------- ids
        job_id,
        coalesce(known_job_key, next_job_key) as job_key,
        source_ad_id,
        batch_id,

        ---------- strings
        source,
        country_code,
        clean_title as title,
        clean_description as description,
        clean_company_name as company_name,
        company_id,
        {{ language_of("concat_ws(' ', clean_title, clean_description)") }} as language,
        nullif(category_tag, 'unknown') as category_tag,
        case
            when
                contract_type in (
                    {%- for kind in contract_types() %}
                    '{{ kind }}'{{ ',' if not loop.last }}
                    {%- endfor %}
                )
                then contract_type
        end as contract_type,
        case
            when contract_time in ('full_time', 'part_time') then contract_time
        end as working_time,
        {%- for level in range(1, 7) %}
        left({{ clean_text('area_' ~ level) }}, 100) as area_{{ level }},
        {%- endfor %}
        url,
        salary_text,
        salary_period_text,
        currency_text,
        rome_code,
        experience_text,
        left({{ clean_text('place_text') }}, 100) as place_text,
        department_code,
        commune_code,
        postal_code,

        ---------- numbers
        salary_min,
        salary_max,
        latitude,
        longitude,

        ---------- booleans
        is_salary_predicted,

        ---------- timestamps
        -- the day of an ad never changes: the first answer holds
        coalesce(known_posted_at, first_posted_at) as posted_at

    from worded

)

select * from final
