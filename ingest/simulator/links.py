"""Links as the API makes them: other ones on every answer of the same ad."""

import json
import random
from base64 import urlsafe_b64encode
from collections import Counter
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

HEAD = "eyJhbGciOiJIUzI1NiJ9"  # {"alg":"HS256"}
TRACKING = "utm_medium=api&utm_source=00000000"


class Links:
    """Gives ads their links; counts the answers of each ad, so that its two kinds take turns."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._answers: Counter[str] = Counter()
        self._lock = Lock()

    def refresh(self, ads: list[Any]) -> list[Any]:
        """The ads with fresh `adref` and `redirect_url`; one that has no link gets none."""
        with self._lock:
            session = self._token(16)
            return [self._refreshed(ad, session) if isinstance(ad, dict) else ad for ad in ads]

    def _refreshed(self, ad: dict, session: str) -> dict:
        ad_id = str(ad.get("id"))
        claims = json.dumps({"i": ad_id, "s": session}, separators=(",", ":")).encode()
        fresh = {"adref": f"{HEAD}.{_base64(claims)}.{self._token(32)}"}
        if "redirect_url" in ad:
            self._answers[ad_id] += 1
            is_landing = (self._answers[ad_id] + crc32(ad_id.encode())) % 2
            host = urlsplit(str(ad["redirect_url"])).netloc
            proof = self._rng.randbytes(20).hex().upper()
            fresh["redirect_url"] = (
                f"https://{host}/land/ad/{ad_id}?se={session}&{TRACKING}&v={proof}"
                if is_landing
                else f"https://{host}/details/{ad_id}?{TRACKING}"
            )
        return ad | fresh

    def _token(self, size: int) -> str:
        return _base64(self._rng.randbytes(size))


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
