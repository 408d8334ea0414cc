with

paid as (

    select * from {{ ref('int_ads_paid') }}

),

described as (

    select * from {{ ref('int_ads_described') }}

),

located as (

    select * from {{ ref('int_ads_located') }}

),

ad_skills as (

    select * from {{ ref('int_ad_skills') }}

),

final as (

    select
        ---------- ids
        paid.job_id,
        located.location_id,
        paid.batch_id,

        ---------- strings
        described.title_normalised,
        described.contract_type,
        described.working_time,
        described.seniority,
        described.remote_mode,
        located.city,
        located.coordinates_issue,
        paid.salary_period,
        paid.salary_currency,
        paid.salary_source,

        ---------- numbers
        paid.salary_min,
        paid.salary_max,
        paid.salary_annual_min,
        paid.salary_annual_max,
        paid.salary_confidence,
        located.latitude,
        located.longitude,

        ---------- booleans
        -- asked for each ad, so that a night looks only at the skills of the ads that it writes
        exists(
            select from ad_skills
            where
                paid.job_id = ad_skills.job_id
                and ad_skills.skill_key <> -1
        ) as has_skills

    from paid
    inner join described on paid.job_id = described.job_id
    inner join located on paid.job_id = located.job_id

)

select * from final
