"""One page of Adzuna's search, with patience.

Retried are only faults that may pass: 429, 5xx, time-outs, lost connections, and a 200 whose body is
cut or no JSON. The keys travel in the query string, so nothing that requests raises is let through:
every error is written anew from its kind alone.
"""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from core.errors import JobdashError, KeysRefused, SettingsError, SourceDown
from ingest.payload import parse
from ingest.searches import Search

PAGE_SIZE = 50
ATTEMPTS = 5
LONGEST_WAIT_S = 120.0
TIMEOUT_S = (5.0, 30.0)  # to connect, to read


@dataclass(frozen=True)
class Call:
    """One call as it is written down: `outcome` is landed, end or failed; `ms` of the call alone."""

    search: str
    page: int
    query: dict
    outcome: str
    status: int | None
    ads: int | None
    reported_count: int | None
    ms: int
    error: str | None
    requested_at: datetime


@dataclass(frozen=True)
class Page:
    number: int
    ads: list
    reported_count: int | None
    fetched_at: datetime
    call: Call


class PageUnreadable(Exception):
    """Every try of a page brought a 200 that cannot be read; the search can go on behind it."""


class _MayPass(Exception):
    def __init__(self, reason: str, wait: float | None = None, unreadable: bool = False):
        super().__init__(reason)
        self.wait = wait
        self.unreadable = unreadable


class _WithoutKeys(logging.Filter):
    """Takes the keys out of the request lines that urllib3 logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = (
            re.sub(r"\b(app_id|app_key)=[^&\s\"]*", r"\1=…", record.getMessage()),
            (),
        )
        return True


logging.getLogger("urllib3.connectionpool").addFilter(_WithoutKeys())


class AdzunaClient:
    """Talks to `base_url` (`https://api.adzuna.com/v1/api` or a simulator's).

    `on_failed_call` is told of every call that brought nothing; a call that brought a page travels
    with it. `pause` is the least time in seconds between two calls.
    """

    source = "adzuna"

    def __init__(
        self,
        base_url: str,
        app_id: str,
        app_key: str,
        *,
        on_failed_call: Callable[[Call], None],
        pause: float = 0.0,
        first_wait: float = 1.0,
        timeout: tuple[float, float] = TIMEOUT_S,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._base_url = base_url.rstrip("/")
        self._keys = {"app_id": app_id, "app_key": app_key}
        self._on_failed_call = on_failed_call
        self._pause = pause
        self._timeout = timeout
        self._sleep = sleep
        self._last_call = float("-inf")
        self._backoff = wait_exponential_jitter(multiplier=first_wait, max=60, jitter=first_wait)
        self._session = requests.Session()

    def page(self, search: Search, number: int) -> Page:
        """Page `number` (from 1), at most 50 ads.

        Raises KeysRefused, SettingsError (a query that Adzuna does not accept), SourceDown when the
        tries are used up, PageUnreadable when they all brought answers that are no search answer.
        """
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            retry=retry_if_exception_type(_MayPass),
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._call, search, number)
        except _MayPass as fault:
            if fault.unreadable:
                raise PageUnreadable(str(fault)) from None
            raise SourceDown(
                f"Adzuna does not answer page {number} of the search {search.name}: {fault} "
                f"({ATTEMPTS} tries). What came before is kept; run the same command later to go on."
            ) from None

    def _call(self, search: Search, number: int) -> Page:
        self._keep_pause()
        query = {**search.query, "results_per_page": PAGE_SIZE}
        requested_at, started = datetime.now(UTC), time.monotonic()
        status: int | None = None

        def call(outcome: str, *, error: str | None = None, ads: int | None = None, count=None):
            ms = round((time.monotonic() - started) * 1000)
            return Call(
                search.name, number, query, outcome, status, ads, count, ms, error, requested_at
            )

        try:
            response = self._ask(search, number, query)
            status = response.status_code
            ads, count = _read(response, search)
        except (_MayPass, JobdashError) as error:
            self._on_failed_call(call("failed", error=str(error)))
            raise
        done = call("landed", ads=len(ads), count=count)
        return Page(number, ads, count, requested_at, done)

    def _ask(self, search: Search, number: int, query: dict) -> requests.Response:
        try:
            return self._session.get(
                f"{self._base_url}/jobs/{search.country}/search/{number}",
                params={**query, **self._keys},
                timeout=self._timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            fault = _describe(error)
        # outside the handler: an error raised in there would carry requests' own, and that the keys
        raise _MayPass(fault)

    def _keep_pause(self) -> None:
        left = self._last_call + self._pause - time.monotonic()
        if left > 0:
            self._sleep(left)
        self._last_call = time.monotonic()

    def _wait(self, state: RetryCallState) -> float:
        fault = state.outcome.exception()
        return fault.wait if fault.wait is not None else self._backoff(state)


def _read(response: requests.Response, search: Search) -> tuple[list, int | None]:
    status = response.status_code
    if status == 429 or status >= 500:
        raise _MayPass(f"status {status}", wait=_retry_after(response))
    if status in (401, 403, 410):
        raise KeysRefused(
            f"Adzuna refused the keys (status {status}). "
            "Check ADZUNA_APP_ID and ADZUNA_APP_KEY, or leave both empty to use the simulator."
        )
    if status != 200:
        raise SettingsError(
            f"Adzuna does not accept the search {search.name} (status {status}). "
            "Check its country and parameters in the searches file."
        )
    try:
        answer = parse(response.content)
    except ValueError:
        raise _MayPass("an answer that is no JSON, or cut short", unreadable=True) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise _MayPass("JSON that is no search answer", unreadable=True)
    count = answer.get("count")
    return answer["results"], count if isinstance(count, int) else None


def _retry_after(response: requests.Response) -> float | None:
    """Seconds that the server asks to wait, from a number or a date. A very long wait ends the stage."""
    value = response.headers.get("Retry-After")
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return None
    if seconds > LONGEST_WAIT_S:
        raise SourceDown(
            f"Adzuna asks to wait {seconds:.0f} s (status {response.status_code}). "
            "What came before is kept; run the same command then to go on."
        )
    return max(seconds, 0.0)


def _describe(error: requests.RequestException) -> str:
    """The kind of fault alone: the text of requests' errors holds the URL, and the URL the keys."""
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the answer broke off"
    return "no connection"
