"""What may be asked, checked; a fault is told with what would be right. The API's document has these."""

import re
from datetime import date
from functools import cache
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from ml.model import Asked
from ml.narrowing import NAMED, Narrowing, Near
from serve.problems import Problem

MOST_RESULTS, FURTHEST, LONGEST_QUERY, LONGEST_TEXT = 50, 1_000, 500, 20_000
FACETS = ("contract", "department", "remote", "language", "city", "company")
# A zero byte among them, which PostgreSQL takes in no text.
CONTROL_CHARACTERS = dict.fromkeys([*range(32), *range(127, 160)], " ")
DEGREES = r"^-?[0-9]{1,2}(\.[0-9]{1,12})?,-?[0-9]{1,3}(\.[0-9]{1,12})?$"
MONTH = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"
SAYS_SOMETHING = r"[^\s\x00-\x1f\x7f-\x9f]"


def _plain(value: object) -> object:
    return (
        " ".join(value.translate(CONTROL_CHARACTERS).split()) if isinstance(value, str) else value
    )


def _digits(value: object) -> object:
    """No other numbers than 0 to 9: not "٣", "+5", "5.0" or " 5"."""
    if isinstance(value, str) and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise ValueError("a whole number is asked for, written with the digits 0 to 9")
    return value


def _near(value: str) -> str:
    latitude, longitude = (
        map(float, value.split(",")) if re.fullmatch(DEGREES, value) else (999, 999)
    )
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("latitude,longitude in degrees is asked for, as 48.85,2.35")
    return value


def _day(value: object) -> object:
    """No other date than 2026-01-08: not seconds since 1970, nor with a time."""
    if isinstance(value, str) and not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a date is asked for, as 2026-01-08")
    return value


def _month(value: str) -> str:
    if not re.fullmatch(MONTH, value):
        raise ValueError("a month is asked for, as 2026-01")
    return value


def _text(longest: int) -> Any:
    limits = StringConstraints(min_length=1, max_length=longest, pattern=SAYS_SOMETHING)
    return Annotated[str, limits, BeforeValidator(_plain)]


Value, Words = _text(100), _text(LONGEST_QUERY)
Whole = Annotated[int, BeforeValidator(_digits)]
Month = Annotated[str, AfterValidator(_month), Field(json_schema_extra={"pattern": MONTH})]
Day = Annotated[date, BeforeValidator(_day)]
Place = Annotated[str, AfterValidator(_near), Field(json_schema_extra={"pattern": DEGREES})]


class Question(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        """flask-openapi3 asks for it in every request: making it takes longer than most answers."""
        return super().model_json_schema(*args, **options) if args or options else _schema_of(cls)

    def told(self) -> dict[str, Any]:
        """What was asked, as the answer repeats it."""
        return self.model_dump(mode="json", exclude_defaults=True)


@cache
def _schema_of(question: type[Question]) -> dict[str, Any]:
    return super(Question, question).model_json_schema()


class Narrowed(Question):
    """Which jobs, and how many."""

    country: Value | None = Field(None, description="A country's code: fr")
    region: Value | None = Field(None, description="In any case, with accents or without")
    department: Value | None = Field(None, description="A département's code: 69, 2A")
    city: Value | None = Field(None, description="The official commune: Lyon")
    company: Value | None = None
    contract: Value | None = Field(None, description="permanent, fixed_term, temporary, …")
    working_time: Value | None = Field(None, description="full_time or part_time")
    remote: Value | None = Field(None, description="remote, hybrid or on_site")
    language: Value | None = Field(None, description="Of the ad: fr")
    source: Value | None = Field(None, description="adzuna, france_travail, …")
    skill: list[Value] = Field([], max_length=10, description="Each has to be there")
    min_pay: float | None = Field(
        None,
        ge=0,
        le=10_000_000,
        description="The most that the job offers a year is this at least",
    )
    posted_since: Day | None = Field(None, description="2026-01-08")
    near: Place | None = Field(None, description="latitude,longitude in degrees: 48.85,2.35")
    radius_km: float = Field(20, ge=0, le=1_000, description="How far from `near`")
    top: Whole = Field(10, ge=1, le=MOST_RESULTS)
    offset: Whole = Field(0, ge=0, le=FURTHEST, description="So many are passed over")
    facets: bool = Field(False, description="Count all that match by " + ", ".join(FACETS))

    @model_validator(mode="after")
    def radius_has_its_middle(self) -> "Narrowed":
        if self.near is None and "radius_km" in self.model_fields_set:
            raise ValueError("radius_km goes with near=latitude,longitude")
        return self

    def asked(self) -> Asked:
        return Asked(
            top=self.top,
            offset=self.offset,
            narrowing=Narrowing(
                named=tuple((name, value) for name in NAMED if (value := getattr(self, name))),
                annual_pay_from=self.min_pay,
                posted_since=self.posted_since,
                near=self.near and Near(*map(float, self.near.split(",")), self.radius_km),
            ),
            skills=tuple(self.skill),
            facets=FACETS if self.facets else (),
        )

    def told(self) -> dict[str, Any]:
        return super().told() | {"top": self.top}


class Search(Narrowed):
    q: Words = Field(description='Words, begun or mistyped ones too; "as it stands", -without')


class SimilarTo(Narrowed):
    job_id: UUID = Field(description="As a search answers it")


class Text(Question):
    """An ad, a CV, or any text; it is kept nowhere."""

    text: str = Field(min_length=1, max_length=LONGEST_TEXT)


class JobPath(Question):
    job_id: UUID = Field(description="As a search answers it")


class Begun(Question):
    q: Value = Field(description="What is typed so far: dév")
    top: Whole = Field(8, ge=1, le=20)


class OfMarket(Question):
    """Which part of the market, over which months."""

    country: Annotated[str, StringConstraints(pattern="^[A-Za-z]{2}$")] = Field(
        "fr", description="A country's code"
    )
    trade: Value | None = Field(
        None, description="As `trades` of an answer lists them; none for all"
    )
    since: Month | None = Field(None, description="The first month: 2026-01")
    until: Month | None = Field(None, description="The last month")


class SkillsOfMarket(OfMarket):
    top: Whole = Field(20, ge=1, le=100)


class PlaceOfMarket(OfMarket):
    region: Value | None = Field(None, description="An official région; none for all")


def problem_of(error: ValidationError) -> Problem:
    """The first fault; what was sent is not repeated."""
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(fault["loc"][0]) if fault["loc"] else ""
    said = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        return Problem(400, "Unknown parameter", f"{name[:100]!r} is no parameter here.")
    if fault["type"] == "missing":
        return Problem(400, f"No {name}", f"{name} has to be there.")
    return Problem(
        400, f"Bad {name}" if name else "Bad request", f"{name}: {said}." if name else said
    )
