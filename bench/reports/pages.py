"""Thirty visuals of five report pages, each with what one would ask where there was no mart for it.

A page of sums reads an aggregate: beside it stands the same question to the ads themselves. A page of
details reads the ads of one month, company, town or skill: beside it stands the same query to the same
tables without their indexes. The last three go to all ads, whichever way.
"""

from dataclasses import dataclass

from reports.shapes import FIRST, Join, distinct, slicer, total, visual

LAST_YEAR = "month_date > date '{month}' - 365"
OF_TRADE = "coalesce(jobs.category_tag, 'unknown') = 'it-jobs'"
THIS_MONTH = (
    "jobs.posted_date >= date '{month}' and jobs.posted_date < date '{month}' + interval '1 month'"
)
PAY = "(jobs.salary_annual_min + jobs.salary_annual_max) / 2"
QUARTILES = [f"percentile_cont({part}) within group (order by {PAY})" for part in (0.25, 0.5, 0.75)]
TRADE = "coalesce(jobs.category_tag, 'unknown')"
MONTH = "date_trunc('month', jobs.posted_date)"

PLACES = Join("locations", "location_key", "location_key")
COMPANIES = Join("companies", "company_key", "company_key")
DAYS = Join("dates", "date_key", "posted_date_key")
MONTHS = Join("dates", "date_key", "month_key")
SKILLS = Join("skills", "skill_key", "skill_key")
SKILLS_OF_JOBS = Join("job_skills", "job_key", "job_key")


@dataclass(frozen=True)
class Visual:
    """`beside` is None where the same query without indexes stands beside it."""

    page: str
    name: str
    sql: str
    beside: str | None = None


VISUALS = (
    # ---------- overview: aggregates
    Visual(
        "overview",
        "card: open postings",
        visual("monthly_openings", values=[total("monthly_openings.open_postings")]),
        visual("jobs", values=["count(*)"], where="jobs.is_open and jobs.is_canonical"),
    ),
    Visual(
        "overview",
        "columns: ads by month",
        visual(
            "monthly_openings",
            ["dates.calendar_year", "dates.calendar_month"],
            [total("monthly_openings.ads")],
            joins=[MONTHS],
        ),
        visual("jobs", ["dates.calendar_year", "dates.calendar_month"], ["count(*)"], joins=[DAYS]),
    ),
    Visual(
        "overview",
        "bars: postings by trade",
        visual(
            "monthly_openings", ["monthly_openings.trade"], [total("monthly_openings.postings")]
        ),
        visual("jobs", [TRADE], ["count(*)"], where="jobs.is_canonical"),
    ),
    Visual(
        "overview",
        "map: ads by region",
        visual("monthly_openings", ["monthly_openings.region"], [total("monthly_openings.ads")]),
        visual("jobs", ["locations.region"], ["count(*)"], joins=[PLACES]),
    ),
    Visual(
        "overview",
        "matrix: trade by month of a year",
        visual(
            "monthly_openings",
            ["monthly_openings.trade", "monthly_openings.month_date"],
            [total("monthly_openings.postings"), total("monthly_openings.open_postings")],
            where="monthly_openings." + LAST_YEAR,
        ),
        visual(
            "jobs",
            [TRADE, MONTH],
            ["count(*)", "count(case when jobs.is_open then 1 end)"],
            where="jobs.is_canonical and jobs.posted_date > date '{month}' - 365",
        ),
    ),
    Visual(
        "overview",
        "line: opened and closed by day",
        visual(
            "daily_openings",
            ["dates.date_day"],
            [total("daily_openings.opened"), total("daily_openings.closed")],
            joins=[Join("dates", "date_key", "date_key")],
        ),
        visual(
            "jobs",
            ["jobs.first_seen_date"],
            ["count(*)", "count(jobs.closed_date)"],
        ),
    ),
    Visual(
        "overview",
        "slicer: trade",
        slicer("monthly_openings", "trade"),
        slicer("jobs", "category_tag"),
    ),
    Visual(
        "overview",
        "slicer: region",
        slicer("monthly_openings", "region"),
        visual("jobs", ["locations.region"], ["count(*)"], joins=[PLACES], order="c0", limit=FIRST),
    ),
    # ---------- pay: aggregates
    Visual(
        "pay",
        "line: quartiles of a trade by month",
        visual(
            "pay_trends",
            ["pay_trends.month_date"],
            [f"max(pay_trends.annual_pay_p{part})" for part in (25, 50, 75)],
            where="pay_trends.trade = 'it-jobs' and pay_trends.region = '(all)'",
        ),
        visual("jobs", [MONTH], QUARTILES, where=f"{OF_TRADE} and jobs.is_canonical"),
    ),
    Visual(
        "pay",
        "bars: median by region, one month",
        visual(
            "pay_trends",
            ["pay_trends.region"],
            ["max(pay_trends.annual_pay_p50)", total("pay_trends.told")],
            where="pay_trends.trade = '(all)' and pay_trends.month_date = date '{month}'",
        ),
        visual(
            "jobs",
            ["locations.region"],
            [QUARTILES[1], "count(*)"],
            joins=[PLACES],
            where=f"{THIS_MONTH} and jobs.is_canonical",
        ),
    ),
    Visual(
        "pay",
        "card: share of postings without pay",
        visual(
            "pay_trends",
            values=[total("pay_trends.unknown"), total("pay_trends.postings")],
            where="pay_trends.trade = '(all)' and pay_trends.region = '(all)'",
        ),
        visual(
            "jobs",
            values=["count(case when not jobs.has_salary then 1 end)", "count(*)"],
            where="jobs.is_canonical",
        ),
    ),
    Visual(
        "pay",
        "table: trades of one month with n",
        visual(
            "pay_trends",
            ["pay_trends.trade"],
            ["max(pay_trends.annual_pay_p50)", total("pay_trends.told")],
            where="pay_trends.region = '(all)' and pay_trends.month_date = date '{month}'",
        ),
        visual(
            "jobs",
            [TRADE],
            [QUARTILES[1], "count(*)"],
            where=f"{THIS_MONTH} and jobs.is_canonical",
        ),
    ),
    # ---------- skills: aggregates
    Visual(
        "skills",
        "bars: skills of a trade",
        visual(
            "skill_trends",
            ["skills.skill_name"],
            [total("skill_trends.postings")],
            joins=[SKILLS],
            where="skill_trends.trade = 'it-jobs'",
            order="a0 desc",
            limit=FIRST,
        ),
        visual(
            "jobs",
            ["job_skills.skill_key"],
            ["count(*)"],
            joins=[SKILLS_OF_JOBS],
            where=f"{OF_TRADE} and jobs.is_canonical",
            order="a0 desc",
            limit=FIRST,
        ),
    ),
    Visual(
        "skills",
        "line: one skill by month and trade",
        visual(
            "skill_trends",
            ["skill_trends.month_date", "skill_trends.trade"],
            [total("skill_trends.postings"), "max(skill_trends.trade_postings)"],
            where="skill_trends.skill_key = {skill_key}",
        ),
        visual(
            "jobs",
            [MONTH, TRADE],
            ["count(*)"],
            joins=[SKILLS_OF_JOBS],
            where="job_skills.skill_key = {skill_key} and jobs.is_canonical",
        ),
    ),
    Visual(
        "skills",
        "matrix: kinds of skills by trade, one month",
        visual(
            "skill_trends",
            ["skills.skill_category", "skill_trends.trade"],
            [total("skill_trends.postings")],
            joins=[SKILLS],
            where="skill_trends.month_date = date '{month}'",
        ),
        visual(
            "jobs",
            ["job_skills.skill_key", TRADE],
            ["count(*)"],
            joins=[SKILLS_OF_JOBS],
            where=f"{THIS_MONTH} and jobs.is_canonical",
        ),
    ),
    Visual("skills", "slicer: skill", slicer("skills", "skill_name")),
    # ---------- quality: aggregates
    Visual(
        "quality",
        "bars: how complete each field is, one month",
        visual(
            "field_completeness",
            ["field_completeness.field_name"],
            [total("field_completeness.filled"), total("field_completeness.ads")],
            where="field_completeness.date_key >= {month_key}",
        ),
        visual(
            "jobs",
            values=[
                "count(*)",
                "count(case when jobs.company_key <> -1 then 1 end)",
                "count(locations.city)",
                "count(jobs.latitude)",
                "count(jobs.salary_source)",
                "count(jobs.category_tag)",
                "count(jobs.contract_type)",
            ],
            joins=[PLACES],
            where=THIS_MONTH,
        ),
    ),
    Visual(
        "quality",
        "line: one field by day",
        visual(
            "field_completeness",
            ["dates.date_day", "field_completeness.source"],
            [total("field_completeness.filled"), total("field_completeness.ads")],
            joins=[Join("dates", "date_key", "date_key")],
            where="field_completeness.field_name = 'salary'",
        ),
        visual(
            "jobs",
            ["dates.date_day", "jobs.source"],
            ["count(jobs.salary_source)", "count(*)"],
            joins=[DAYS],
        ),
    ),
    # ---------- details: the ads of one month, company, town, skill
    Visual(
        "details",
        "bars: contracts of a month's ads",
        visual("jobs", ["jobs.contract_type"], ["count(*)"], where=THIS_MONTH),
    ),
    Visual(
        "details",
        "card: employers of a month",
        visual(
            "jobs", values=[distinct("jobs.company_key")], where=f"{THIS_MONTH} and jobs.is_open"
        ),
    ),
    Visual(
        "details",
        "bars: a company's ads by month",
        visual(
            "jobs",
            ["dates.calendar_year", "dates.calendar_month"],
            ["count(*)", total(PAY)],
            joins=[DAYS],
            where="jobs.company_key = {company_key}",
        ),
    ),
    Visual(
        "details",
        "table: a company's ads, blanks equal",
        visual(
            "jobs",
            ["jobs.title", "locations.city", "jobs.posted_date", "jobs.url"],
            joins=[Join("locations", "location_key", "location_key", is_inner=False)],
            where="jobs.company_key = {company_key}",
            limit=FIRST,
        ),
    ),
    Visual(
        "details",
        "slicer: companies whose name has a word",
        slicer("companies", "company_name", "companies.company_name ilike '%{word}%'"),
    ),
    Visual(
        "details",
        "table: a town's ads",
        visual(
            "jobs",
            ["jobs.title", "companies.company_name", "jobs.posted_date", "jobs.url"],
            joins=[COMPANIES],
            where="jobs.location_key = {location_key}",
            order="c2 desc",
            limit=FIRST,
        ),
    ),
    Visual(
        "details",
        "table: the newest ads of a trade",
        visual(
            "jobs",
            ["jobs.title", "jobs.posted_date", "jobs.salary_annual_max"],
            where="jobs.category_tag = 'it-jobs'",
            order="c1 desc",
            limit=FIRST,
        ),
    ),
    Visual(
        "details",
        "table: a skill's ads of one week",
        visual(
            "jobs",
            ["jobs.title", "jobs.posted_date", "jobs.url"],
            joins=[SKILLS_OF_JOBS],
            where="job_skills.skill_key = {skill_key} and jobs.posted_date >= date '{day}' - 7",
            limit=FIRST,
        ),
    ),
    Visual(
        "details",
        "table: the skills of one ad",
        visual(
            "job_skills",
            ["skills.skill_name", "skills.skill_category"],
            joins=[SKILLS],
            where="job_skills.job_key = {job_key}",
            limit=FIRST,
        ),
    ),
    # ---------- all ads: no aggregate has it
    Visual("all ads", "card: ads", visual("jobs", values=["count(*)"])),
    Visual(
        "all ads",
        "bars: ads by language",
        visual("jobs", ["jobs.language"], ["count(*)"]),
    ),
    Visual(
        "all ads",
        "bars: pay by contract",
        visual("jobs", ["jobs.contract_type"], [total(PAY), "count(*)"]),
    ),
)
