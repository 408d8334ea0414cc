"""One call to Adzuna's search.

The keys travel in the query string, so nothing that requests raises is let through (`ingest.http`).
"""

import logging
import re

import requests

from core.errors import KeysRefused, SettingsError
from ingest.adzuna.pages import PAGE_SIZE
from ingest.http import USUAL, HttpAnswer, Patience, call, clock_of, retry_after
from ingest.payload import parse_page
from ingest.source import CallFailed, Question, Response


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
        patience: Patience = USUAL,
    ):
        self._base_url = base_url.rstrip("/")
        self._keys = {"app_id": app_id, "app_key": app_key}
        self._patience = patience
        self._session = requests.Session()

    def fetch(self, country: str, search: str, question: Question) -> Response:
        """Raises CallFailed, KeysRefused, and SettingsError for a query that Adzuna does not accept."""
        answer = self._get(country, question)
        status = answer.status
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

    def _get(self, country: str, question: Question) -> HttpAnswer:
        return call(
            self._session,
            "GET",
            f"{self._base_url}/jobs/{country}/search/{question.page}",
            self._patience,
            params={**question.query, "results_per_page": PAGE_SIZE, **self._keys},
        )


def _read(answer: HttpAnswer) -> Response:
    unreadable = {"status": answer.status, "body": answer.body}
    try:
        content, was_replaced = parse_page(answer.body)
    except ValueError:
        raise CallFailed("an answer that is no JSON, or cut short", **unreadable) from None
    if not isinstance(content, dict) or not isinstance(content.get("results"), list):
        raise CallFailed("JSON that is no search answer", **unreadable)
    count = content.get("count")
    return Response(
        ads=content["results"],
        reported_count=count if isinstance(count, int) else None,
        status=answer.status,
        source_now=clock_of(answer.headers),
        replaced=answer.body if was_replaced else None,
    )
