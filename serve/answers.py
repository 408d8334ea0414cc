"""What is answered, for the API's document. Answers are written as they were read, for speed; the tests
hold every one of them against these."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(Part):
    """RFC 9457."""

    type: Literal["about:blank"]
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What would be right, or what to do next")


class Term(Part):
    term: str
    part: float = Field(description="What it added to the score")


class Why(Part):
    terms: list[Term] = Field(description="The largest first")
    others: float = Field(description="What all other terms added; all parts are the score")


class Highlights(Part):
    """From which character to before which one, in Unicode characters, ascending."""

    title: list[tuple[int, int]]
    excerpt: list[tuple[int, int]]


class Attribution(Part):
    """To be shown, with its link, beside jobs of this source."""

    text: str | None
    url: str | None


class Job(Part):
    job_id: UUID
    title: str
    company_name: str | None
    city: str | None
    department_code: str | None
    region: str | None
    country_code: str | None
    language: str | None
    contract_type: str | None
    working_time: str | None
    salary_min: float | None = Field(description="In `salary_period`")
    salary_max: float | None
    salary_period: Literal["hour", "day", "week", "month", "year"] | None
    salary_currency: str | None
    salary_annual_min: float | None
    salary_annual_max: float | None
    salary_source: str | None = Field(description="Whether field, text or a prediction tells it")
    posted_date: date | None
    is_open: bool
    url: str | None
    source: str | None
    attribution: str | None
    attribution_url: str | None


class Match(Job):
    excerpt: str | None = Field(description="Of the text, where it says what was asked for")
    highlights: Highlights
    score: float = Field(ge=0, le=1, description="The cosine")
    why: Why


class Dated(Part):
    """Which data it is of."""

    model_version: str | None
    batch_id: int
    data_as_of: datetime
    took_ms: float = Field(ge=0)


class Matches(Dated):
    query: dict[str, object] = Field(description="What was understood")
    did_you_mean: str | None = Field(description="What was searched for in place of typos")
    total: int = Field(ge=0, description="How many jobs match")
    facets: dict[str, dict[str, int]] = Field(
        description="By name, how many have which value; of very many values those of most jobs"
    )
    results: list[Match]
    attributions: list[Attribution]
    degraded: bool = Field(
        description="The database does not answer: from the model alone, without texts and links"
    )


class PayMention(Part):
    mention: str | None
    verdict: str | None
    salary_min: float | None
    salary_max: float | None
    salary_period: str | None
    salary_currency: str | None


class Change(Part):
    field: str | None
    old: str | None
    new: str | None
    date: str | None


class Stay(Part):
    first_seen_date: date | None
    last_seen_date: date | None
    vanished_date: date | None
    closed_date: date | None


class Copy(Part):
    job_id: UUID
    source: str | None
    city: str | None
    url: str | None
    kind: str | None
    is_open: bool | None


class WholeJob(Job):
    description: str | None
    seniority: str | None
    remote_mode: str | None
    salary_confidence: float | None
    data_quality_score: float | None
    first_seen_date: date | None
    closed_date: date | None
    skills: list[str]
    pay_mentions: list[PayMention] = Field(description="All money that the ad speaks of")
    changes: list[Change]
    stays: list[Stay]
    copies: list[Copy] = Field(description="Other ads of the posting")


class OneJob(Dated):
    job: WholeJob


class Suggestion(Part):
    text: str
    ads: int = Field(ge=1, description="How many say what was completed")


class Suggestions(Dated):
    suggestions: list[Suggestion]


class MonthOfSkill(Part):
    month: str
    postings: int = Field(description="That name it")
    of: int = Field(description="All postings of the trade in the month")
    share: float


class SkillTrend(Part):
    skill: str
    category: str | None
    postings: int = Field(description="Of all months")
    months: list[MonthOfSkill]


class MarketOfSkills(Dated):
    query: dict[str, object]
    trades: list[str]
    skills: list[SkillTrend] = Field(description="Named most first")


class MonthOfPay(Part):
    """Quartiles of pay a year, in `currency`."""

    month: str
    currency: str
    n: int = Field(description="Postings that tell their pay")
    postings: int
    predicted: int = Field(description="Whose pay the source only guesses; not among n")
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None


class MarketOfPay(Dated):
    query: dict[str, object]
    trades: list[str]
    regions: list[str]
    months: list[MonthOfPay]


class MonthOfOpenings(Part):
    month: str
    ads: int
    postings: int
    still_open: int


class MarketOfOpenings(Dated):
    query: dict[str, object]
    trades: list[str]
    regions: list[str]
    months: list[MonthOfOpenings]


class BatchStatus(BaseModel):
    batch: dict[str, object]
    law: dict[str, int | None] = Field(description="collected = accounted_for")
    stages: list[dict[str, object]]
    published: dict[str, object] | None
