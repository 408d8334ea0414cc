"""Request parameters, checked; a fault is told with what would be right."""

from uuid import UUID

from flask import Request

from serve.problems import Problem

MOST_RESULTS = 50
TOPS = {str(number) for number in range(1, MOST_RESULTS + 1)}
LONGEST_QUERY = 500
# A zero byte among them, which PostgreSQL takes in no text.
CONTROL_CHARACTERS = dict.fromkeys([*range(32), *range(127, 160)], " ")


def query_text(request: Request) -> str:
    text = " ".join(request.args.get("q", "").translate(CONTROL_CHARACTERS).split())
    if not text:
        raise Problem(400, "Empty query", "Say what to look for: /api/jobs/search?q=python")
    if len(text) > LONGEST_QUERY:
        raise Problem(400, "Query too long", f"q may have {LONGEST_QUERY} characters at most.")
    return text


def top(request: Request) -> int:
    text = request.args.get("top", "10")
    if text not in TOPS:
        raise Problem(400, "Bad top", f"top is a whole number from 1 to {MOST_RESULTS}.")
    return int(text)


def job_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Problem(400, "Bad job_id", "job_id is a UUID, as the search answers it.") from None
