"""Request parameters, checked; a fault is told with what would be right."""

import math
from datetime import date
from uuid import UUID

from flask import Request

from ml.facts import NAMED, Narrowing, Near
from ml.model import Asked
from serve.problems import Problem

MOST_RESULTS = 50
FURTHEST = 1_000
LONGEST_QUERY = 500
LONGEST_VALUE = 100
MOST_SKILLS = 10
RADIUS_KM, LARGEST_RADIUS_KM = "20", 1_000
FACETS = ("contract", "department", "remote", "language", "city", "company")
# A zero byte among them, which PostgreSQL takes in no text.
CONTROL_CHARACTERS = dict.fromkeys([*range(32), *range(127, 160)], " ")

_PLACES = {str(number) for number in range(FURTHEST + 1)}
NARROWING = (*NAMED, "skill", "min_pay", "posted_since", "near", "radius_km")
KNOWN = (*NARROWING, "top", "offset", "facets")


def query_text(request: Request) -> str:
    text = " ".join(request.args.get("q", "").translate(CONTROL_CHARACTERS).split())
    if not text:
        raise Problem(400, "Empty query", "Say what to look for: /api/jobs/search?q=python")
    if len(text) > LONGEST_QUERY:
        raise Problem(400, "Query too long", f"q may have {LONGEST_QUERY} characters at most.")
    return text


def job_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Problem(400, "Bad job_id", "job_id is a UUID, as the search answers it.") from None


def asked(request: Request, of: str) -> tuple[Asked, dict[str, object]]:
    """What all questions to the model share, and how the answer repeats it; `of` is the parameter
    that only this one has."""
    for name in request.args:
        if name != of and name not in KNOWN:
            raise Problem(
                400, "Unknown parameter", f"{name!r} is none of: {', '.join((of, *KNOWN))}."
            )
    top = _whole(request, "top", "10", least=1, most=MOST_RESULTS)
    offset = _whole(request, "offset", "0", least=0, most=FURTHEST)
    skills = tuple(map(_value, request.args.getlist("skill")))
    if len(skills) > MOST_SKILLS:
        raise Problem(400, "Too many skills", f"skill may come {MOST_SKILLS} times at most.")
    told = {name: request.args[name] for name in NARROWING if name in request.args}
    if skills:
        told["skill"] = list(skills)
    wants_facets = _flag(request, "facets")
    query = {"top": top, **({"offset": offset} if offset else {}), **told}
    if wants_facets:
        query["facets"] = True
    narrowing = _narrowing(request)
    return Asked(top, offset, narrowing, skills, FACETS if wants_facets else ()), query


def _narrowing(request: Request) -> Narrowing:
    named = [(name, _value(request.args[name])) for name in NAMED if name in request.args]
    pay = request.args.get("min_pay")
    since = request.args.get("posted_since")
    return Narrowing(
        named=tuple(named),
        annual_pay_from=None if pay is None else _number("min_pay", pay, 0, 10_000_000),
        posted_since=None if since is None else _date("posted_since", since),
        near=_near(request),
    )


def _near(request: Request) -> Near | None:
    text = request.args.get("near")
    if text is None:
        if "radius_km" in request.args:
            raise Problem(400, "Bad radius_km", "radius_km goes with near=latitude,longitude.")
        return None
    latitude, comma, longitude = text.partition(",")
    if not comma:
        raise Problem(400, "Bad near", "near is latitude,longitude in degrees: near=48.85,2.35")
    return Near(
        _number("near", latitude, -90, 90),
        _number("near", longitude, -180, 180),
        _number("radius_km", request.args.get("radius_km", RADIUS_KM), 0, LARGEST_RADIUS_KM),
    )


def _whole(request: Request, name: str, default: str, *, least: int, most: int) -> int:
    text = request.args.get(name, default)
    # looked up and not converted: "٣", "1e3", "+5" and numbers of thousands of digits are none
    if text not in _PLACES or not least <= int(text) <= most:
        raise Problem(400, f"Bad {name}", f"{name} is a whole number from {least} to {most}.")
    return int(text)


def _number(name: str, text: str, least: float, most: float) -> float:
    try:
        number = float(text) if len(text) <= LONGEST_VALUE else math.nan
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise Problem(400, f"Bad {name}", f"{name} takes numbers from {least:,} to {most:,}.")
    return number


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(400, f"Bad {name}", f"{name} is a date such as 2026-01-08.") from None


def _flag(request: Request, name: str) -> bool:
    text = request.args.get(name, "false").lower()
    if text not in ("true", "false"):
        raise Problem(400, f"Bad {name}", f"{name} is true or false.")
    return text == "true"


def _value(text: str) -> str:
    value = " ".join(text.translate(CONTROL_CHARACTERS).split())
    if not value or len(value) > LONGEST_VALUE:
        raise Problem(400, "Bad value", f"A filter has from 1 to {LONGEST_VALUE} characters.")
    return value
