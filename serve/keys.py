"""Optional keys of clients: with API_KEYS_FILE the API answers only who brings one.

A line of the file is a client's name and the SHA-256 of its key, as `jobdash api key NAME` prints it:
who reads the file can answer for nobody.
"""

import secrets
from hashlib import sha256
from pathlib import Path

from flask import Flask, g, request

from core.errors import SettingsError
from core.settings import Settings
from serve.busiest import OF_OUR_OWN
from serve.problems import Problem

OPEN_TO_ALL = ("/api/openapi.json",)


def new_key() -> str:
    """256 bits, as URLs and headers take them."""
    return f"jd_{secrets.token_urlsafe(32)}"


def line_of(name: str, key: str) -> str:
    return f"{name} {sha256(key.encode()).hexdigest()}"


def register(app: Flask, settings: Settings) -> None:
    """Raises SettingsError where the file cannot be used."""
    if settings.api_keys_file is None:
        return
    names = _read(settings.api_keys_file)

    @app.before_request
    def check() -> None:
        is_ours = not request.path.startswith("/api/") or OF_OUR_OWN in request.environ
        # a browser asks whether it may ask before it shows a key
        if is_ours or request.path in OPEN_TO_ALL or request.method == "OPTIONS":
            return
        token = request.authorization.token if request.authorization else None
        key = token or request.headers.get("X-API-Key") or ""
        # looked up by its digest: how long that takes tells nothing of a key
        g.client = names.get(sha256(key.encode("utf-8", "replace")).hexdigest())
        if g.client is None:
            raise Problem(
                401, "No valid key", "Send a key: Authorization: Bearer … or X-API-Key: …"
            )


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"API_KEYS_FILE {path}: {error.strerror}.") from None
    names = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, digest = line.strip().rpartition(" ")
        if not name or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise SettingsError(
                f"API_KEYS_FILE {path}: line {number} is no name and SHA-256; "
                "`jobdash api key NAME` prints such lines."
            )
        names[digest] = name
    return names
