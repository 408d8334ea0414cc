"""What the answers and faults of any HTTP source tell, without letting an address or a key through."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests


def clock_of(headers: Mapping[str, str]) -> datetime:
    """The source's own clock, which its answers carry; else ours."""
    return _moment(headers.get("Date")) or datetime.now(UTC)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the source asks to wait, whether it says so by a number or by a date."""
    text = headers.get("Retry-After")
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    until = _moment(text)
    return max((until - clock_of(headers)).total_seconds(), 0.0) if until else None


def describe(error: requests.RequestException) -> str:
    """The kind of fault alone: the text of requests' errors holds addresses, and those may hold keys."""
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the answer broke off"
    return "no connection"


def _moment(text: str | None) -> datetime | None:
    """The moment of an HTTP date. One without a zone, or no date at all, is none."""
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
