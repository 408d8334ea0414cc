"""The Flask application. `jobdash serve` runs it; settings come from the environment."""

from typing import NoReturn

from flask import Flask
from flask_cors import CORS
from flask_openapi3 import OpenAPI
from pydantic import ValidationError
from werkzeug.middleware.proxy_fix import ProxyFix

from core.errors import SettingsError
from core.settings import Settings
from ml.remote import open_store
from serve import (
    answers,
    api,
    at_hand,
    bodies,
    document,
    headers,
    health,
    jobs,
    keys,
    limits,
    market,
    metrics,
    pages,
    problems,
)
from serve.busiest import Busiest
from serve.cache import Cache
from serve.json_provider import Json
from serve.last_known import LastKnown
from serve.models import LoadedModels
from serve.questions import problem_of
from serve.readers import Readers
from serve.recent import Recent
from serve.redis_server import RedisServer
from serve.warehouse import Warehouse


def create_app(settings: Settings | None = None) -> Flask:
    """Raises SettingsError where no database or cache is named."""
    settings = settings or Settings()
    address = settings.database_read_url or settings.database_url
    if address is None or settings.redis_url is None:
        raise SettingsError(
            "The API needs DATABASE_URL and REDIS_URL; `jobdash serve` sets both for local services."
        )
    app = OpenAPI(
        __name__,
        info=document.INFO,
        security_schemes=document.KEYS,
        doc_ui=False,
        operation_id_callback=document.name_of,
        validation_error_status=400,
        validation_error_model=answers.Problem,
        validation_error_callback=_refuse,
    )
    app.json = Json(app)
    redis = RedisServer(settings.redis_url.get_secret_value())
    readers = app.extensions["jobdash"] = Readers(
        warehouse=Warehouse(address.get_secret_value()),
        models=LoadedModels(open_store(settings)),
        cache=Cache(redis),
        last_known=LastKnown(),
        busiest=Busiest(redis),
        at_hand=Recent(at_hand.MOST),
        jobs=Recent(jobs.MOST_AT_HAND),
    )
    for concern in (metrics, problems, headers):
        concern.register(app)
    keys.register(app, settings)
    limits.register(app, settings)
    bodies.register(app)
    if settings.cors_origins:
        CORS(app, resources="/api/*", origins=settings.cors_origins.split())
    for part in (api, market):
        app.register_api(part.blueprint)
    for part in (document, health, metrics, pages):
        app.register_blueprint(part.blueprint)
    if not (settings.api_keys_file or settings.rate_limit or settings.cors_origins):
        app.wsgi_app = at_hand.in_front_of(
            app.wsgi_app, readers.at_hand, readers.cache, readers.busiest
        )
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    return app


def _refuse(error: ValidationError) -> NoReturn:
    raise problem_of(error)
