"""One call to Adzuna's search.

The keys travel in the query string, so nothing that requests raises is let through: every error is
written anew from its kind alone.
"""

import logging
import re

import requests

from core.errors import KeysRefused, SettingsError
from ingest.adzuna.pages import PAGE_SIZE
from ingest.http import clock_of, describe, retry_after
from ingest.payload import parse_page
from ingest.source import CallFailed, Question, Response

TIMEOUT_S = (5.0, 30.0)  # to connect, to read


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
    """Talks to `base_url` (`https://api.adzuna.com/v1/api` or a simulator's)."""

    def __init__(
        self,
        base_url: str,
        app_id: str,
        app_key: str,
        *,
        timeout: tuple[float, float] = TIMEOUT_S,
    ):
        self._base_url = base_url.rstrip("/")
        self._keys = {"app_id": app_id, "app_key": app_key}
        self._timeout = timeout
        self._session = requests.Session()

    def fetch(self, country: str, search: str, question: Question) -> Response:
        """Raises CallFailed, KeysRefused, and SettingsError for a query that Adzuna does not accept."""
        answer = self._get(country, question)
        status = answer.status_code
        if status == 429 or status >= 500:
            raise CallFailed(
                f"status {status}",
                status=status,
                wait=retry_after(answer.headers),
                is_refusal=status == 429,
            )
        if status in (401, 403, 410):
            raise KeysRefused(
                f"Adzuna refused the keys (status {status}). "
                "Check ADZUNA_APP_ID and ADZUNA_APP_KEY, or leave both empty to use the simulator."
            )
        if status != 200:
            raise SettingsError(
                f"Adzuna does not accept the search {search} (status {status}). "
                "Check its country and parameters in the searches file."
            )
        return _read(answer)

    def _get(self, country: str, question: Question) -> requests.Response:
        try:
            return self._session.get(
                f"{self._base_url}/jobs/{country}/search/{question.page}",
                params={**question.query, "results_per_page": PAGE_SIZE, **self._keys},
                timeout=self._timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            fault = describe(error)
        # outside the handler: an error raised in there would carry requests' own, and that the keys
        raise CallFailed(fault)


def _read(answer: requests.Response) -> Response:
    unreadable = {"status": answer.status_code, "body": answer.content}
    try:
        content, was_replaced = parse_page(answer.content)
    except ValueError:
        raise CallFailed("an answer that is no JSON, or cut short", **unreadable) from None
    if not isinstance(content, dict) or not isinstance(content.get("results"), list):
        raise CallFailed("JSON that is no search answer", **unreadable)
    count = content.get("count")
    return Response(
        ads=content["results"],
        reported_count=count if isinstance(count, int) else None,
        status=answer.status_code,
        source_now=clock_of(answer.headers),
        replaced=answer.content if was_replaced else None,
    )
