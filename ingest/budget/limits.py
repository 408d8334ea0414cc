"""Limits as people write them."""

import re
from datetime import timedelta

from ingest.source import Limit

# A call counts for as long as the longest that a source may mean by these words.
SPANS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
}


def parse_limits(text: str) -> tuple[Limit, ...]:
    """Limits from "25/minute 250/day"; none from "none". ValueError says what is wrong."""
    if text.strip() == "none":
        return ()
    return tuple(_limit(part) for part in re.split(r"[\s,]+", text.strip()))


def _limit(text: str) -> Limit:
    calls, _, span = text.partition("/")
    if not calls.isdecimal() or int(calls) < 1 or span not in SPANS:
        raise ValueError(
            f"{text!r}: write limits as 25/minute 250/day 1000/week 2500/month, or none"
        )
    return Limit(int(calls), SPANS[span])
