-- without CTEs: PostgreSQL plans a view that has some by itself, and whoever asks for a few ads would pay for all;
-- rendered, because `--empty` would write a name of its own behind each table
select
    ---------- ids
    paid.job_id,
    located.location_id,
    paid.batch_id,

    ---------- strings
    titled.title_normalised,
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
        select from {{ ref('int_ad_skills').render() }} as ad_skills
        where
            paid.job_id = ad_skills.job_id
            and ad_skills.skill_key <> -1
    ) as has_skills

from {{ ref('int_ads_paid').render() }} as paid
inner join {{ ref('int_ads_titled').render() }} as titled on paid.job_id = titled.job_id
inner join {{ ref('int_ads_described').render() }} as described on paid.job_id = described.job_id
inner join {{ ref('int_ads_located').render() }} as located on paid.job_id = located.job_id
