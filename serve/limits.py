"""How much one client may ask: RATE_LIMIT, counted in Redis for all workers and machines."""

from flask import Flask, g, request
from flask_limiter import Limiter

from core.settings import Settings
from serve.redis_server import TIMEOUT_S

WATCHERS = ("health.livez", "health.readyz", "metrics.told", "static")


def register(app: Flask, settings: Settings) -> None:
    """Headers tell what is left. Without Redis each process counts by itself."""
    if not settings.rate_limit:
        return
    limiter = Limiter(
        _client,
        app=app,
        default_limits=[settings.rate_limit],
        storage_uri=settings.redis_url.get_secret_value().replace("unix://", "redis+unix://", 1),
        storage_options={"socket_timeout": TIMEOUT_S, "socket_connect_timeout": TIMEOUT_S},
        strategy="sliding-window-counter",
        headers_enabled=True,
        in_memory_fallback_enabled=True,
        key_prefix="jobdash",
    )

    @limiter.request_filter
    def is_watching() -> bool:
        return request.endpoint in WATCHERS


def _client() -> str:
    return g.get("client") or request.remote_addr or "unknown"
