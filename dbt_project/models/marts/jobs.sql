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
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

paid as (

    select * from {{ ref('int_ads_paid') }}

),

located as (

    select * from {{ ref('int_ads_located') }}

),

grouped as (

    select * from {{ ref('int_ads_grouped') }}

),

tracked as (

    select * from {{ ref('int_ads_tracked') }}

),

ad_skills as (

    select * from {{ ref('int_ad_skills') }}

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

skilled as (

    select
        ad_skills.job_id,
        bool_or(ad_skills.skill_key <> -1) as has_skills
    from ad_skills
    inner join changed on ad_skills.job_id = changed.job_id
    group by ad_skills.job_id

),

joined as (

    select
        ads.*,
        paid.salary_min as paid_min,
        paid.salary_max as paid_max,
        paid.salary_period,
        paid.salary_currency,
        paid.salary_annual_min,
        paid.salary_annual_max,
        paid.salary_source,
        paid.salary_confidence,
        located.city,
        grouped.posting_group_id,
        grouped.copy_kind,
        grouped.copy_reason,
        grouped.is_canonical,
        tracked.is_open,
        tracked.is_vanished,
        tracked.first_seen_date,
        tracked.closed_date,
        skilled.has_skills,
        coalesce(companies.company_key, -1) as company_key,
        coalesce(locations.location_key, -1) as location_key,
        greatest(ads.batch_id, grouped.batch_id, tracked.batch_id) as changed_batch_id
    from changed
    inner join ads on changed.job_id = ads.job_id
    inner join paid on ads.job_id = paid.job_id
    inner join located on ads.job_id = located.job_id
    inner join grouped on ads.job_id = grouped.job_id
    inner join tracked on ads.job_id = tracked.job_id
    inner join skilled on ads.job_id = skilled.job_id
    left join companies on ads.company_id = companies.company_id
    left join locations on located.location_id = locations.location_id

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
        description,
        url,
        category_tag,
        contract_type,
        working_time,
        language,
        copy_kind,
        copy_reason,
        salary_period,
        salary_currency,
        salary_source,

        ---------- numbers
        paid_min as salary_min,
        paid_max as salary_max,
        salary_annual_min,
        salary_annual_max,
        salary_confidence,
        latitude,
        longitude,
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
