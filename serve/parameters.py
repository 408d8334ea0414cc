"""Request parameters, checked; a fault is told with what would be right."""

from uuid import UUID

from flask import Request

from serve.problems import Problem

MOST_RESULTS = 50
LONGEST_QUERY = 500


def query_text(request: Request) -> str:
    text = " ".join(request.args.get("q", "").split())
    if not text:
        raise Problem(400, "Empty query", "Say what to look for: /api/jobs/search?q=python")
    if len(text) > LONGEST_QUERY:
        raise Problem(400, "Query too long", f"q may have {LONGEST_QUERY} characters at most.")
    return text


def top(request: Request) -> int:
    text = request.args.get("top", "10")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_RESULTS):
        raise Problem(400, "Bad top", f"top is a whole number from 1 to {MOST_RESULTS}.")
    return int(text)


def job_id(request: Request) -> UUID:
    try:
        return UUID(request.args.get("job_id", ""))
    except ValueError:
        raise Problem(400, "Bad job_id", "job_id is a UUID, as the search answers it.") from None
