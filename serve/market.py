"""What the market pays and asks for, by month, with the numbers that it rests on."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint
from psycopg2.extensions import cursor as Cursor

from serve.answering import answered
from serve.answers import MarketOfOpenings, MarketOfPay, MarketOfSkills
from serve.document import PROBLEMS, WITH_OR_WITHOUT_KEY, name_of
from serve.questions import OfMarket, PlaceOfMarket, SkillsOfMarket
from serve.warehouse import Reading

blueprint = APIBlueprint(
    "market",
    __name__,
    url_prefix="/api/market",
    abp_security=WITH_OR_WITHOUT_KEY,
    operation_id_callback=name_of,
)

ALL = "(all)"  # of pay_trends, whose quartiles do not add up
_MONTHS = """
    country_code = %(country)s
    and (%(since)s is null or month_date >= %(since)s::date)
    and (%(until)s is null or month_date <= %(until)s::date)
"""
_OF_TRADE = "(%(trade)s is null or trade = %(trade)s)"
_SKILLS = f"""
with

trades as (
    select distinct month_date, trade, trade_postings from marts.skill_trends
    where {_MONTHS} and {_OF_TRADE}
),

months as (
    select month_date, sum(trade_postings) as postings from trades group by month_date
),

named as (
    select skill_key, month_date, sum(postings) as postings,
        sum(sum(postings)) over (partition by skill_key) as of_all_months
    from marts.skill_trends
    where {_MONTHS} and {_OF_TRADE} and skill_key <> -1
    group by skill_key, month_date
)

select skills.skill_name as skill, skills.skill_category as category,
    max(named.of_all_months)::integer as postings,
    json_agg(
        json_build_object(
            'month', to_char(named.month_date, 'YYYY-MM'),
            'postings', named.postings,
            'of', months.postings,
            'share', round(named.postings / nullif(months.postings, 0)::numeric, 4)::float
        )
        order by named.month_date
    ) as months
from named
inner join months on named.month_date = months.month_date
inner join marts.skills on named.skill_key = skills.skill_key
where named.postings > 0
group by skills.skill_key, skills.skill_name, skills.skill_category
order by postings desc, skill
limit %(top)s
"""  # noqa: S608 - constants alone
_PAY = f"""
select to_char(month_date, 'YYYY-MM') as month, salary_currency as currency, told as n, postings,
    predicted, annual_pay_p25::float as lower_quartile, annual_pay_p50::float as median,
    annual_pay_p75::float as upper_quartile
from marts.pay_trends
where {_MONTHS}
    and trade = coalesce(%(trade)s, '{ALL}') and region = coalesce(%(region)s, '{ALL}')
order by month_date, salary_currency
"""  # noqa: S608 - constants alone
_OPENINGS = f"""
select to_char(month_date, 'YYYY-MM') as month, sum(ads)::integer as ads,
    sum(postings)::integer as postings, sum(open_postings)::integer as still_open
from marts.monthly_openings
where {_MONTHS} and {_OF_TRADE} and (%(region)s is null or region = %(region)s)
group by month_date
order by month_date
"""  # noqa: S608 - constants alone


@blueprint.get("/skills", responses={200: MarketOfSkills, **PROBLEMS})
def skills(query: SkillsOfMarket) -> Response:
    """Which skills are asked for most, in which share of a trade's postings."""
    return _answered(query, "skills", _SKILLS, of="skill_trends", by=("trade",))


@blueprint.get("/pay", responses={200: MarketOfPay, **PROBLEMS})
def pay(query: PlaceOfMarket) -> Response:
    """Quartiles of pay a year. `n` postings tell theirs: few say little."""
    return _answered(query, "months", _PAY, of="pay_trends", by=("trade", "region"))


@blueprint.get("/openings", responses={200: MarketOfOpenings, **PROBLEMS})
def openings(query: PlaceOfMarket) -> Response:
    """How many jobs were posted in each month, and how many of them still stand."""
    return _answered(query, "months", _OPENINGS, of="monthly_openings", by=("trade", "region"))


def _answered(
    query: OfMarket, name: str, statement: str, *, of: str, by: Sequence[str]
) -> Response:
    """Rows of a mart under a name, and which values of `by` there are to ask for."""

    def read(reading: Reading) -> dict[str, Any]:
        cursor = reading.cursor
        values = {f"{column}s": _values(cursor, query, of, column) for column in by}
        return {"query": query.told(), **values, name: _rows(cursor, statement, query)}

    return answered(f"market:{of}", query.told(), read)


def _rows(cursor: Cursor, statement: str, query: OfMarket) -> list[dict[str, Any]]:
    months = {
        name: month and f"{month}-01"
        for name, month in (("since", query.since), ("until", query.until))
    }
    asked = query.model_dump() | months | {"country": query.country.lower()}
    cursor.execute(statement, asked)
    return [dict(row) for row in cursor.fetchall()]


def _values(cursor: Cursor, query: OfMarket, mart: str, column: str) -> list[str]:
    """What `trade` and `region` may be."""
    cursor.execute(
        f"select distinct {column} from marts.{mart}"  # noqa: S608 - constants alone
        f" where country_code = %s and {column} <> '{ALL}' order by 1",
        (query.country.lower(),),
    )
    return [row[column] for row in cursor.fetchall()]
