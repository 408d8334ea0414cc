"""The token that goes with every call: OAuth2, client credentials."""

import time
from collections.abc import Callable

import requests

from core.errors import KeysRefused, SettingsError
from ingest.http import describe, retry_after
from ingest.source import CallFailed

SCOPE = "api_offresdemploiv2 o2dsoffre"
REALM = "/partenaire"
TIMEOUT_S = (5.0, 30.0)  # to connect, to read
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
        steady: Callable[[], float] = time.monotonic,
    ):
        self._session = session
        self._url = url
        self._keys = {"client_id": client_id, "client_secret": client_secret}
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
        status = answer.status_code
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

    def _post(self) -> requests.Response:
        form = {"grant_type": "client_credentials", "scope": SCOPE, **self._keys}
        try:
            return self._session.post(
                self._url,
                params={"realm": REALM},
                data=form,
                timeout=TIMEOUT_S,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            fault = describe(error)
        # outside the handler: an error raised in there would carry the request, and that the keys
        raise CallFailed(f"no token, {fault}")


def _read(answer: requests.Response) -> tuple[str, float]:
    """The token and its life in seconds. What cannot be read is not kept: it may hold a token."""
    try:
        content = answer.json()
        text, life = content["access_token"], float(content.get("expires_in", USUAL_LIFE_S))
    except (ValueError, KeyError, TypeError, AttributeError):
        text, life = None, 0.0
    if not isinstance(text, str) or not text:
        raise CallFailed("no token, an answer that cannot be read", status=answer.status_code)
    return text, life
