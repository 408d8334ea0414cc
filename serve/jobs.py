"""Jobs as the API shows them, read from the published marts."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from psycopg2.extensions import cursor as Cursor

from ml.corpus import Ad
from ml.model import Match, Model
from serve.answers import Job
from serve.excerpts import excerpt, spans
from serve.last_known import Known
from serve.recent import Recent
from serve.warehouse import Reading

TERMS_TOLD = 8
MOST_AT_HAND = 10_000  # 30 MB
_TOLD = """
    jobs.job_id::text, jobs.title,
    case when jobs.company_key <> -1 then companies.company_name end as company_name,
    locations.city, locations.department_code, locations.region, jobs.country_code,
    jobs.language, jobs.contract_type, jobs.working_time, jobs.salary_min::float,
    jobs.salary_max::float, jobs.salary_period, jobs.salary_currency,
    jobs.salary_annual_min::float, jobs.salary_annual_max::float, jobs.salary_source,
    jobs.posted_date::text, jobs.is_open, jobs.url, jobs.source,
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
# Names come from the model, and the days lead to the few parts of the table, which has one for each
# month, that can have these jobs: a fifth of the time that all parts and four tables take.
_JOBS = """
select job_id::text, title, salary_min::float, salary_max::float, salary_period, salary_currency,
    salary_annual_min::float, salary_annual_max::float, salary_source, posted_date::text, is_open,
    url, country_code, language, contract_type, working_time, source, description
from marts.jobs
where job_id = any(%s::uuid[])
"""
_JOBS_OF_DAYS = f"{_JOBS} and posted_date = any(%s::date[])"

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


def read_jobs(
    reading: Reading, known: Known, matches: Sequence[Match], at_hand: Recent[dict]
) -> list[dict]:
    """One dictionary a match, in the order of the matches, with its score and why. Only jobs that are
    not at hand are read."""
    publication = reading.publication
    jobs = {match.job_id: at_hand.get(publication, str(match.job_id)) for match in matches}
    missing = [match for match in matches if jobs[match.job_id] is None]
    rows = _rows(reading, missing, known) if missing else {}
    for match in missing:
        if row := rows.get(str(match.job_id)):
            jobs[match.job_id] = _named(row, match, known)
            at_hand.keep(publication, str(match.job_id), jobs[match.job_id])
    # a model that somebody went back to may know ads that no longer are
    there = [(match, job) for match in matches if (job := jobs[match.job_id])]
    return [_matched(job, match, known.model) for match, job in there]


def _rows(reading: Reading, matches: Sequence[Match], known: Known) -> dict[str, dict]:
    """By job_id."""
    ids = [str(match.job_id) for match in matches]
    days = {day for match in matches if (day := known.model.facts.posted(match.place))}
    rows = reading.rows(_JOBS_OF_DAYS, (ids, list(days)))
    if len(rows) < len(matches):  # of unknown days, or of others: an older model, newer marts
        rows = reading.rows(_JOBS, (ids,))
    return {row["job_id"]: dict(row) for row in rows}


def remembered_jobs(known: Known, matches: Sequence[Match]) -> list[dict]:
    """The same with what the model itself holds; all else is null."""
    nothing = dict.fromkeys(Job.model_fields)
    jobs = []
    for match in matches:
        ad = known.model.facts.listing(match.place)
        told = nothing | {
            "job_id": str(ad.job_id),
            "title": ad.title,
            "country_code": ad.country,
            "language": ad.language,
            "contract_type": ad.contract,
            "working_time": ad.working_time,
            "salary_annual_max": ad.annual_pay,
            "posted_date": ad.posted,
            "is_open": True,
            "source": ad.source,
            "description": None,
        }
        jobs.append(_matched(_named(told, match, known), match, known.model))
    return jobs


def _named(job: dict, match: Match, known: Known) -> dict:
    """With the names of its company and place, and whose it is: the terms of use of every source want
    that, and a link, beside an ad that is shown."""
    name, source = known.model.facts.name, known.sources.get(job["source"], {})
    return job | {
        "company_name": name("company", match.place),
        "city": name("city", match.place),
        "department_code": name("department", match.place),
        "region": name("region", match.place),
        "attribution": source.get("attribution"),
        "attribution_url": source.get("attribution_url"),
    }


def _matched(job: dict, match: Match, model: Model) -> dict:
    """The job with the part of its text that says what was asked for, its score, and why."""
    most = match.terms[:TERMS_TOLD]
    words = model.vectorizer.vocabulary.forms({term.column for term in most})
    title, text = job["title"], job["description"]
    shown = excerpt(text or "", spans(text or "", words))
    told = {name: value for name, value in job.items() if name != "description"}
    return told | {
        "excerpt": text and shown.text,
        "highlights": {
            "title": spans(title, words),
            "excerpt": shown.highlights,
        },
        "score": round(match.score, 4),
        "why": {
            "terms": [{"term": term.name, "part": round(term.part, 4)} for term in most],
            # the parts are the score
            "others": round(max(match.score - sum(term.part for term in most), 0), 4),
        },
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
