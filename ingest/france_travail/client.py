"""One call to France Travail's search."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import requests

from core.errors import KeysRefused, SettingsError
from ingest.france_travail.token import REFUSED, Token
from ingest.france_travail.walk import PAGE_SIZE
from ingest.http import USUAL, HttpAnswer, Patience, call, clock_of, retry_after
from ingest.payload import parse_page
from ingest.source import CallFailed, Question, Response

PATH = "/partenaire/offresdemploi/v2/offres/search"
LONGEST_MESSAGE = 200  # characters of the API's own words in an error


class FranceTravailClient:
    """Talks to `base_url` (`https://api.francetravail.io` or a simulator's).

    The keys go to `token_url` alone; the API gets the token.
    """

    def __init__(
        self,
        base_url: str,
        token_url: str,
        client_id: str,
        client_secret: str,
        *,
        patience: Patience = USUAL,
    ):
        self._url = base_url.rstrip("/") + PATH
        self._patience = patience
        self._session = requests.Session()
        self._token = Token(self._session, token_url, client_id, client_secret, patience)

    def fetch(self, search: str, question: Question) -> Response:
        """Raises CallFailed, KeysRefused, and SettingsError for a query that the API does not accept."""
        answer = self._get(question.query)
        if answer.status == 401:
            # a token may end before its time
            self._token.forget()
            answer = self._get(question.query)
        status = answer.status
        if status == 429 or status >= 500:
            raise CallFailed(
                f"status {status}",
                status=status,
                wait=retry_after(answer.headers),
                is_refusal=status == 429,
            )
        if status in (401, 403):
            raise KeysRefused(REFUSED.format(status=status))
        if status not in (200, 204, 206):
            raise SettingsError(
                f"France Travail does not accept the search {search} (status {status}"
                f"{_message(answer)}). Check its parameters in the searches file."
            )
        return _read(answer, before=(question.page - 1) * PAGE_SIZE)

    def _get(self, query: Mapping[str, Any]) -> HttpAnswer:
        return call(
            self._session,
            "GET",
            self._url,
            self._patience,
            params=_in_the_api_s_words(query),
            headers={"Authorization": f"Bearer {self._token.text()}", "Accept": "application/json"},
        )


def _in_the_api_s_words(query: Mapping[str, Any]) -> str:
    """The colons of dates and the commas between codes stay as they are."""
    words = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in query.items()
    }
    return urlencode(words, safe=":,")


def _read(answer: HttpAnswer, before: int) -> Response:
    """204: nothing matches, or nothing is left at this place. `before`: the ads of earlier pages."""
    ads, replaced = ([], None) if answer.status == 204 else _ads(answer)
    return Response(
        ads=ads,
        reported_count=_count(answer, before + len(ads)),
        status=answer.status,
        source_now=clock_of(answer.headers),
        replaced=replaced,
    )


def _ads(answer: HttpAnswer) -> tuple[list[Any], bytes | None]:
    unreadable = {"status": answer.status, "body": answer.body}
    try:
        content, was_replaced = parse_page(answer.body)
    except ValueError:
        raise CallFailed("an answer that is no JSON, or cut short", **unreadable) from None
    ads = content.get("resultats") if isinstance(content, dict) else None
    if not isinstance(ads, list):
        raise CallFailed("JSON that is no search answer", **unreadable)
    return ads, answer.body if was_replaced else None


def _count(answer: HttpAnswer, so_far: int) -> int | None:
    """How many ads match, as in `Content-Range: offres 0-149/1049`. A 200 without it was the last."""
    stated = re.search(r"/(\d+)\s*$", answer.headers.get("Content-Range", ""))
    if stated:
        return int(stated[1])
    return so_far if answer.status == 200 else None


def _message(answer: HttpAnswer) -> str:
    """What the API says about a query, as in `{"codeErreur": …, "message": "…"}`."""
    try:
        message = json.loads(answer.body)["message"]
    except (ValueError, KeyError, TypeError):
        return ""
    return f": {message[:LONGEST_MESSAGE]}" if isinstance(message, str) else ""
