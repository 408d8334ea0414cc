"""Every index of the marts earns its keep: PostgreSQL plans to use it for something that is asked."""

from collections.abc import Iterator
from datetime import date

from ingest.simulator import ads_on

DAY = date(2026, 1, 8)
ADS = 2_000
ID = "'00000000-0000-0000-0000-000000000007'::uuid"
WORDS = "to_tsvector('french', title)"
ASKED = {
    # ---------- the API
    "ads by their ids": f"select title from marts.jobs where job_id = any(array[{ID}])",
    "all ads of a posting": f"select job_id from marts.jobs where posting_group_id = {ID}",
    # ---------- people who look for words
    "words of a title": (
        f"select title from marts.jobs where {WORDS} @@ websearch_to_tsquery('french', 'soudeurs tig')"
    ),
    "a title like this one": "select title from marts.jobs where title ilike '%soudeu%'",
    "a company like this one": (
        "select company_key from marts.companies where company_name ilike '%mercier%'"
    ),
    # ---------- details of a report
    "the newest ads": "select title from marts.jobs order by posted_date desc limit 50",
    "the newest ads of a trade": (
        "select title from marts.jobs where category_tag = 'it-jobs' order by posted_date desc limit 50"
    ),
    "the best paid ads": (
        "select title from marts.jobs where salary_annual_max >= 90000"
        " order by salary_annual_max desc limit 50"
    ),
    "ads by language": "select language, count(*) from marts.jobs group by language",
    "pay by contract": (
        "select contract_type, avg((salary_annual_min + salary_annual_max) / 2) from marts.jobs"
        " group by contract_type"
    ),
    "an ad by its number": "select title from marts.jobs where job_key = 7",
    "ads of a company": "select title from marts.jobs where company_key = 7",
    "ads of a town": "select title from marts.jobs where location_key = 7",
    "skills of an ad": "select skill_key from marts.job_skills where job_key = 7",
    "ads of a skill": "select job_key from marts.job_skills where skill_key = 7",
    "amounts that an ad names": "select mention from marts.pay_mentions where job_key = 7",
    "amounts of an ad by its id": (
        f"select mention from marts.pay_mentions where job_id = {ID}"
    ),
    "amounts that were not understood": (
        "select mention from marts.pay_mentions where verdict = 'unknown period'"
    ),
    "versions of an ad": "select title from marts.job_history where job_key = 7",
    "changes of an ad": "select field_name from marts.job_changes where job_key = 7",
    "changes of a day": "select job_key from marts.job_changes where changed_date_key = 20260109",
    "stays of an ad": "select closed_date from marts.job_stays where job_key = 7",
    "what closed on a day": "select job_key from marts.job_stays where closed_date_key = 20260109",
    "why an ad is not there": (
        f"select quarantine_reasons from marts.quarantined_ads where job_id = {ID}"
    ),
    "why a row is not there": "select title from marts.quarantined_ads where raw_ad_key = 7",
    # ---------- dimensions
    "companies to choose from": (
        "select company_name from marts.companies group by company_name order by company_name limit 501"
    ),
    "a company": "select company_name from marts.companies where company_key = 7",
    "towns of a region": (
        "select city from marts.locations where country_code = 'fr' and region = 'Bretagne'"
    ),
    "a place": "select city from marts.locations where location_key = 7",
    "a skill": "select skill_name from marts.skills where skill_key = 7",
    "a source": "select attribution from marts.sources where source = 'adzuna'",
    "a day": "select date_day from marts.dates where date_key = 20260108",
    # ---------- aggregates
    "days that opened and closed": "select opened from marts.daily_openings where date_key > 20260101",
    "openings of a month": (
        "select ads from marts.monthly_openings where month_date = date '2026-01-01'"
    ),
    "openings of a trade": (
        "select ads from marts.monthly_openings where trade = 'it-jobs' order by month_date"
    ),
    "pay of a month": (
        "select annual_pay_p50 from marts.pay_trends where month_date = date '2026-01-01'"
    ),
    "pay of a trade": (
        "select annual_pay_p50 from marts.pay_trends where trade = 'it-jobs' and region = '(all)'"
    ),
    "skills of a month": "select share from marts.skill_trends where month_date = date '2026-01-01'",
    "a skill by month": "select share from marts.skill_trends where skill_key = 7 order by month_date",
    "skills of a trade": (
        "select share from marts.skill_trends where trade = 'it-jobs' order by month_date"
    ),
    "a field by day": (
        "select share from marts.field_completeness where field_name = 'salary' order by date_key"
    ),
    "all fields of a day": "select share from marts.field_completeness where date_key = 20260108",
}  # fmt: skip
INDEXES = """
select index_class.relname, pg_get_indexdef(index_class.oid)
from pg_index
inner join pg_class as index_class on pg_index.indexrelid = index_class.oid
inner join pg_class as table_class on pg_index.indrelid = table_class.oid
where table_class.relnamespace = 'marts'::regnamespace and not table_class.relispartition
"""
PARENTS = """
select child.relname, parent.relname
from pg_inherits
inner join pg_class as child on pg_inherits.inhrelid = child.oid
inner join pg_class as parent on pg_inherits.inhparent = parent.oid
where parent.relnamespace = 'marts'::regnamespace and parent.relkind = 'I'
"""


def test_every_index_is_used_by_a_query_that_somebody_asks(house, reader):
    house.collect_from(ads_on(DAY, ADS, seed=3), DAY)
    indexes = dict(house.query(INDEXES))
    parents = dict(house.query(PARENTS))
    newest_batches = {
        f"the newest batch in {table}": f"select max(batch_id) from marts.{table}"
        for (table,) in house.query(
            "select columns.table_name from information_schema.columns"
            " inner join information_schema.tables using (table_schema, table_name)"
            " where table_schema = 'marts' and column_name = 'batch_id'"
            " and table_type = 'BASE TABLE' and table_name <> 'daily_openings'"
        )
        if not table.startswith("jobs_2")
    }
    with reader.cursor() as cursor:
        # tables of a few pages are read whole, however good their index; of 50,000 ads PostgreSQL reads
        # none whole for any of these but what is empty or has one row
        cursor.execute("set enable_seqscan = off")
        used = {
            parents.get(index, index)
            for asked in (ASKED | newest_batches).values()
            for index in indexes_of(cursor, asked)
        }
    assert len(indexes) >= 16
    assert [definition for name, definition in indexes.items() if name not in used] == []


def indexes_of(cursor, query: str) -> Iterator[str]:
    cursor.execute(f"explain (format json) {query}")
    ((plans,),) = cursor.fetchall()
    yield from _walk(plans[0]["Plan"])


def _walk(plan: dict) -> Iterator[str]:
    if "Index Name" in plan:
        yield plan["Index Name"]
    for part in plan.get("Plans", ()):
        yield from _walk(part)
