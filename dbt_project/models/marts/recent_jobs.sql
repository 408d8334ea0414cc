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
        locations.region,
        jobs.url,

        ---------- numbers
        -- what depends on today is computed when it is read
        current_date - jobs.posted_date as days_since_posted,
        jobs.salary_annual_min,
        jobs.salary_annual_max,

        ---------- dates
        jobs.posted_date

    from jobs
    inner join companies on jobs.company_key = companies.company_key
    inner join locations on jobs.location_key = locations.location_key
    where
        jobs.is_open
        and jobs.is_canonical
        and jobs.posted_date >= current_date - 30

)

select * from final
