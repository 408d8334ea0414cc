"""A call over HTTP: how long it may take, and what it tells, without letting a key through."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
import urllib3

from ingest.source import CallFailed

# A page of Adzuna has 100 KB, one of France Travail 1 MB. What is read is held several times over.
MOST_BYTES = 64 * 1024 * 1024
READ_AT_ONCE = 64 * 1024


@dataclass(frozen=True)
class Patience:
    """Seconds that are waited for a connection, for the next byte, and for a whole answer: a source that
    sends a byte now and then would be read for ever."""

    connection: float = 5.0
    silence: float = 30.0
    answer: float = 60.0


USUAL = Patience()


@dataclass(frozen=True)
class HttpAnswer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def call(
    session: requests.Session, method: str, url: str, patience: Patience, **asked: object
) -> HttpAnswer:
    """One call, no redirection followed. `asked` is what `requests` takes.

    Raises CallFailed with the kind of fault alone: the texts of its errors hold addresses, and those may
    hold keys.
    """
    ends = time.monotonic() + patience.answer
    try:
        with session.request(
            method,
            url,
            timeout=(patience.connection, patience.silence),
            allow_redirects=False,
            stream=True,
            **asked,
        ) as answer:
            return HttpAnswer(answer.status_code, answer.headers, _body(answer, ends))
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        fault = "no answer in time"
    except urllib3.exceptions.HTTPError:
        fault = "the answer broke off"
    except requests.RequestException:
        fault = "no connection"
    # outside the handlers: an error raised in there would carry the request, and that the keys
    raise CallFailed(fault)


def _body(answer: requests.Response, ends: float) -> bytes:
    """Raises urllib3's errors, and CallFailed."""
    pieces, size = [], 0
    while piece := answer.raw.read1(READ_AT_ONCE, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            reason = f"an answer of more than {MOST_BYTES // 2**20} MiB"
            raise CallFailed(reason, status=answer.status_code, body=pieces[0])
        if time.monotonic() > ends:
            raise CallFailed("no whole answer in time")
    return b"".join(pieces)


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


def _moment(text: str | None) -> datetime | None:
    """The moment of an HTTP date. One without a zone, or no date at all, is none."""
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
