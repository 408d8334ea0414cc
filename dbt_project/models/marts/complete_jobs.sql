with

jobs as (

    select * from {{ ref('jobs') }}

),

companies as (

    select * from {{ ref('companies') }}

),

locations as (

    select * from {{ ref('locations') }}

),

final as (

    select
        ---------- ids
        jobs.job_id,
        jobs.job_key,

        ---------- strings
        jobs.title,
        companies.company_name,
        locations.city,
        locations.department_code,
        locations.region,
        jobs.contract_type,
        jobs.salary_period,
        jobs.salary_currency,
        jobs.salary_source,
        jobs.url,

        ---------- numbers
        jobs.salary_min,
        jobs.salary_max,
        jobs.salary_annual_min,
        jobs.salary_annual_max,
        jobs.data_quality_score,

        ---------- dates
        jobs.posted_date

    from jobs
    inner join companies on jobs.company_key = companies.company_key
    inner join locations on jobs.location_key = locations.location_key
    where
        jobs.has_salary
        and jobs.has_skills
        and jobs.company_key <> -1
        and locations.city is not null

)

select * from final
