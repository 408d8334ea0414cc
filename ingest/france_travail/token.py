"""The token that goes with every call: OAuth2, client credentials."""

import json
import time
from collections.abc import Callable

import requests

from core.errors import KeysRefused, SettingsError
from ingest.http import HttpAnswer, Patience, call, retry_after
from ingest.source import CallFailed

SCOPE = "api_offresdemploiv2 o2dsoffre"
REALM = "/partenaire"
USUAL_LIFE_S = 1_500.0
# A token is renewed so long before its end that it outlives the call it is fetched for.
RENEWED_BEFORE_S = 60.0
REFUSED = (
    "France Travail refused the keys (status {status}). Check FRANCE_TRAVAIL_CLIENT_ID and "
    "FRANCE_TRAVAIL_CLIENT_SECRET, and that the application has the API "
    '"Offres d\'emploi v2" on francetravail.io.'
)


class Token:
    """`steady` counts seconds and is never set back."""

    def __init__(
        self,
        session: requests.Session,
        url: str,
        client_id: str,
        client_secret: str,
        patience: Patience,
        steady: Callable[[], float] = time.monotonic,
    ):
        self._session = session
        self._url = url
        self._keys = {"client_id": client_id, "client_secret": client_secret}
        self._patience = patience
        self._steady = steady
        self._text: str | None = None
        self._good_until = float("-inf")

    def text(self) -> str:
        """A token that is good for a while. Raises CallFailed, KeysRefused, SettingsError."""
        if self._text is None or self._steady() >= self._good_until:
            self._renew()
        return self._text

    def forget(self) -> None:
        """The next `text` fetches another one."""
        self._text = None

    def _renew(self) -> None:
        answer = self._post()
        status = answer.status
        if status == 429 or status >= 500:
            raise CallFailed(
                f"no token, status {status}",
                status=status,
                wait=retry_after(answer.headers),
                is_refusal=status == 429,
            )
        if status in (400, 401, 403):
            raise KeysRefused(REFUSED.format(status=status))
        if status != 200:
            raise SettingsError(
                f"There is no token at FRANCE_TRAVAIL_TOKEN_URL (status {status}). "
                "Check the address, or leave it empty for France Travail's own."
            )
        self._text, life = _read(answer)
        self._good_until = self._steady() + life - RENEWED_BEFORE_S

    def _post(self) -> HttpAnswer:
        form = {"grant_type": "client_credentials", "scope": SCOPE, **self._keys}
        try:
            return call(
                self._session, "POST", self._url, self._patience, params={"realm": REALM}, data=form
            )
        except CallFailed as fault:
            raise CallFailed(f"no token, {fault}") from None


def _read(answer: HttpAnswer) -> tuple[str, float]:
    """The token and its life in seconds. What cannot be read is not kept: it may hold a token."""
    try:
        content = json.loads(answer.body)
        text, life = content["access_token"], float(content.get("expires_in", USUAL_LIFE_S))
    except (ValueError, KeyError, TypeError, AttributeError):
        text, life = None, 0.0
    if not isinstance(text, str) or not text:
        raise CallFailed("no token, an answer that cannot be read", status=answer.status)
    return text, life
