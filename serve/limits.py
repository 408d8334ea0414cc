"""How much one client may ask: RATE_LIMIT, counted in Redis for all workers and machines."""

from flask import Flask, g, request
from flask_limiter import Limiter
from limits import parse_many

from core.errors import SettingsError
from core.settings import Settings
from serve.busiest import OF_OUR_OWN
from serve.redis_server import TIMEOUT_S

WATCHERS = ("health.livez", "health.readyz", "metrics.told", "static")


def register(app: Flask, settings: Settings) -> None:
    """Headers tell what is left. Without Redis each process counts by itself.

    Raises SettingsError where the limit cannot be read.
    """
    if not settings.rate_limit:
        return
    try:
        parse_many(settings.rate_limit)
    except ValueError:
        raise SettingsError(
            f"RATE_LIMIT {settings.rate_limit!r} is no limit: write one as 600/minute."
        ) from None
    limiter = Limiter(
        _client,
        app=app,
        default_limits=[settings.rate_limit],
        storage_uri=settings.redis_url.get_secret_value().replace("unix://", "redis+unix://", 1),
        storage_options={
            "key_prefix": "jobdash",  # as all our keys, to which an ACL may keep us
            "socket_timeout": TIMEOUT_S,
            "socket_connect_timeout": TIMEOUT_S,
        },
        strategy="sliding-window-counter",
        headers_enabled=True,
        in_memory_fallback_enabled=True,
        key_prefix="jobdash",
    )

    @limiter.request_filter
    def is_watching() -> bool:
        return request.endpoint in WATCHERS or OF_OUR_OWN in request.environ


def _client() -> str:
    return g.get("client") or request.remote_addr or "unknown"
