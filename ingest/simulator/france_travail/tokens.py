"""Tokens that are good for a while."""

import secrets
from collections.abc import Callable


class Tokens:
    """`life` in seconds; `steady` counts seconds."""

    def __init__(self, life: float, steady: Callable[[], float]):
        self._life = life
        self._steady = steady
        self._ends: dict[str, float] = {}

    def issue(self) -> dict[str, object]:
        """A new token as the token endpoint answers it."""
        text = secrets.token_urlsafe(20)
        self._ends[text] = self._steady() + self._life
        return {
            "access_token": text,
            "expires_in": round(self._life),
            "scope": "api_offresdemploiv2 o2dsoffre",
            "token_type": "Bearer",
        }

    def is_good(self, header: str | None) -> bool:
        """Whether an `Authorization` header carries a token that is still good."""
        kind, _, text = (header or "").partition(" ")
        return kind == "Bearer" and self._ends.get(text, float("-inf")) > self._steady()
