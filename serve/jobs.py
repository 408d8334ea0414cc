"""Jobs as the API shows them, read from the published marts."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from psycopg2.extensions import cursor as Cursor

from ml.corpus import Ad
from ml.model import Match

TERMS_TOLD = 8
_TOLD = """
    jobs.job_id::text, jobs.title,
    case when jobs.company_key <> -1 then companies.company_name end as company_name,
    locations.city, locations.department_code, locations.region, jobs.country_code,
    jobs.language, jobs.contract_type, jobs.working_time, jobs.salary_min::float,
    jobs.salary_max::float, jobs.salary_period, jobs.salary_currency,
    jobs.salary_annual_min::float, jobs.salary_annual_max::float, jobs.salary_source,
    jobs.posted_date::text, jobs.is_open, jobs.url, jobs.source,
    -- the terms of use of every source: an ad that is shown carries its attribution with a link
    sources.attribution, sources.attribution_url
"""
_FROM = """
from marts.jobs
inner join marts.companies on jobs.company_key = companies.company_key
inner join marts.locations on jobs.location_key = locations.location_key
inner join marts.sources on jobs.source = sources.source
"""
_SKILLS = """
    array(
        select skills.skill_name
        from marts.job_skills
        inner join marts.skills on job_skills.skill_key = skills.skill_key
        where job_skills.job_key = jobs.job_key and job_skills.skill_key <> -1
        order by skills.skill_name
    )
"""
_JOBS = f"""
select {_TOLD},
    case
        when char_length(jobs.description) <= 300 then jobs.description
        else rtrim(left(jobs.description, 299)) || '…'
    end as excerpt
{_FROM}
where jobs.job_id = any(%s::uuid[])
"""

_JOB = f"""
select {_TOLD},
    jobs.description, jobs.seniority, jobs.remote_mode, jobs.salary_confidence::float,
    jobs.data_quality_score, jobs.first_seen_date::text, jobs.closed_date::text,
    {_SKILLS} as skills,
    array(
        select json_build_object(
            'mention', mention, 'verdict', verdict, 'salary_min', salary_min,
            'salary_max', salary_max, 'salary_period', salary_period,
            'salary_currency', salary_currency
        )
        from marts.pay_mentions
        where pay_mentions.job_key = jobs.job_key
        order by place
    ) as pay_mentions,
    array(
        select json_build_object(
            'field', field_name, 'old', old_value, 'new', new_value, 'date', changed_date
        )
        from marts.job_changes
        where job_changes.job_key = jobs.job_key
        order by version_number, field_name
    ) as changes,
    array(
        select json_build_object(
            'first_seen_date', first_seen_date, 'last_seen_date', last_seen_date,
            'vanished_date', vanished_date, 'closed_date', closed_date
        )
        from marts.job_stays
        where job_stays.job_key = jobs.job_key
        order by stay_number
    ) as stays,
    array(
        select json_build_object(
            'job_id', copies.job_id, 'source', copies.source, 'city', places.city, 'url', copies.url,
            'kind', copies.copy_kind, 'is_open', copies.is_open
        )
        from marts.jobs as copies
        inner join marts.locations as places on copies.location_key = places.location_key
        where copies.posting_group_id = jobs.posting_group_id and copies.job_id <> jobs.job_id
        order by copies.job_id
    ) as copies
{_FROM}
where jobs.job_id = %s::uuid
"""  # noqa: S608 - constants alone

_AD = f"""
select
    jobs.title, coalesce(jobs.description, '') as text, jobs.language,
    nullif(jobs.company_key, -1) as employer,
    {_SKILLS} as skills,
    array(
        select copies.job_id::text from marts.jobs as copies
        where copies.posting_group_id = jobs.posting_group_id
    ) as posting
from marts.jobs
where jobs.job_id = %s::uuid
"""  # noqa: S608 - constants alone


def read_jobs(cursor: Cursor, matches: Sequence[Match]) -> list[dict]:
    """One dictionary a match, in the order of the matches, with its score and why."""
    cursor.execute(_JOBS, ([str(match.job_id) for match in matches],))
    by_id = {row["job_id"]: dict(row) for row in cursor.fetchall()}
    return [
        {**by_id[str(match.job_id)], "score": round(match.score, 4), "why": _why(match)}
        for match in matches
        # a model that somebody went back to may know ads that no longer are
        if str(match.job_id) in by_id
    ]


def _why(match: Match) -> dict:
    """The terms that made most of a score, and what all others added; the parts are the score."""
    most = match.terms[:TERMS_TOLD]
    rest = match.score - sum(part for _, part in most)
    return {
        "terms": [{"term": term, "part": round(part, 4)} for term, part in most],
        "others": round(max(rest, 0), 4),
    }


def read_job(cursor: Cursor, job_id: UUID) -> dict | None:
    """All that the marts say of a job: its text, skills, what was said of pay and understood of it,
    what changed, when it was there, and the other ads of its posting."""
    cursor.execute(_JOB, (str(job_id),))
    row = cursor.fetchone()
    return dict(row) if row else None


def attributions_of(jobs: Sequence[Mapping]) -> list[dict]:
    """What must stand beside these jobs, once for each source, in the order of the jobs."""
    return list(
        {
            job["source"]: {"text": job["attribution"], "url": job["attribution_url"]}
            for job in jobs
        }.values()
    )


def read_ad(cursor: Cursor, job_id: UUID) -> tuple[Ad, list[UUID]] | None:
    """A job as a model reads it, and the ids of all ads of its posting; None where it is unknown."""
    cursor.execute(_AD, (str(job_id),))
    row = cursor.fetchone()
    if row is None:
        return None
    posting = [UUID(copy) for copy in row.pop("posting")]
    skills = tuple(row.pop("skills"))
    return Ad(job_id, **row, skills=skills), posting
