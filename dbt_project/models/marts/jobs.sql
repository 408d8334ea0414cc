{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_id', 'posted_date'],
        on_schema_change='fail',
        partition_by_month='posted_date',
        pre_hook="{{ create_months_of_new_jobs() }}",
        indexes=[
            {'columns': ['job_id', 'posted_date'], 'unique': true},
            {'columns': ['job_key']},
            {'columns': ['batch_id']},
            {'columns': ['company_key']},
            {'columns': ['location_key']},
            {'columns': ['posting_group_id']},
            {'columns': ['posted_date', 'company_key', 'is_open']},
            {'columns': ['category_tag', 'posted_date']},
            {'columns': ['salary_annual_max']},
            {'columns': ['language']},
            {'columns': ['contract_type', 'salary_annual_min', 'salary_annual_max']},
            {'columns': ['title gin_trgm_ops'], 'type': 'gin'},
            {'columns': [words_of_a_title()], 'type': 'gin'},
        ],
    )
}}

with

ads as not materialized (

    select * from {{ ref('int_ads_cleaned') }}

),

understood as (

    select * from {{ ref('int_ads_understood') }}

),

grouped as not materialized (

    select * from {{ ref('int_ads_grouped') }}

),

tracked as not materialized (

    select * from {{ ref('int_ads_tracked') }}

),

companies as (

    select * from {{ ref('int_companies_keyed') }}

),

locations as (

    select * from {{ ref('int_locations_keyed') }}

),

-- what is new, no longer alone in its posting, vanished, closed or back again
changed as (

    select job_id from ads
    where {{ newer_than_this() }}

    union

    select job_id from grouped
    where {{ newer_than_this() }}

    union

    select job_id from tracked
    where {{ newer_than_this() }}

),

joined as (

    select
        ads.*,
        understood.salary_min as paid_min,
        understood.salary_max as paid_max,
        understood.salary_period,
        understood.salary_currency,
        understood.salary_annual_min,
        understood.salary_annual_max,
        understood.salary_source,
        understood.salary_confidence,
        understood.title_normalised,
        understood.contract_type as told_contract_type,
        understood.working_time as told_working_time,
        understood.seniority,
        understood.remote_mode,
        understood.city,
        understood.latitude as right_latitude,
        understood.longitude as right_longitude,
        understood.coordinates_issue,
        understood.has_skills,
        grouped.posting_group_id,
        grouped.copy_kind,
        grouped.copy_reason,
        grouped.is_canonical,
        tracked.is_open,
        tracked.is_vanished,
        tracked.first_seen_date,
        tracked.closed_date,
        coalesce(companies.company_key, -1) as company_key,
        coalesce(locations.location_key, -1) as location_key,
        greatest(ads.batch_id, grouped.batch_id, tracked.batch_id) as changed_batch_id
    from changed
    inner join ads on changed.job_id = ads.job_id
    inner join understood on ads.job_id = understood.job_id
    inner join grouped on ads.job_id = grouped.job_id
    inner join tracked on ads.job_id = tracked.job_id
    left join companies on ads.company_id = companies.company_id
    left join locations on understood.location_id = locations.location_id

),

final as (

    select
        ---------- ids
        job_id,
        job_key,
        source_ad_id,
        company_key,
        location_key,
        to_char(posted_at, 'YYYYMMDD')::integer as posted_date_key,
        posting_group_id,
        changed_batch_id as batch_id,

        ---------- strings
        source,
        country_code,
        title,
        title_normalised,
        description,
        url,
        category_tag,
        told_contract_type as contract_type,
        told_working_time as working_time,
        seniority,
        remote_mode,
        language,
        copy_kind,
        copy_reason,
        salary_period,
        salary_currency,
        salary_source,
        coordinates_issue,

        ---------- numbers
        paid_min as salary_min,
        paid_max as salary_max,
        salary_annual_min,
        salary_annual_max,
        salary_confidence,
        right_latitude as latitude,
        right_longitude as longitude,
        {{ quality_score() }} as data_quality_score,

        ---------- booleans
        is_canonical,
        is_open,
        is_vanished,
        salary_period is not null as has_salary,
        has_skills,

        ---------- dates
        posted_at::date as posted_date,
        first_seen_date,
        closed_date,

        ---------- timestamps
        posted_at

    from joined

)

select * from final
