"""The Flask application. `jobdash serve` runs it; settings come from the environment."""

from flask import Flask

from core.errors import SettingsError
from core.settings import Settings
from serve import api, headers, health, pages, problems
from serve.cache import Cache
from serve.models import LoadedModels
from serve.readers import Readers
from serve.times import IsoTimes
from serve.warehouse import Warehouse


def create_app(settings: Settings | None = None) -> Flask:
    """Raises SettingsError where no database or cache is named."""
    settings = settings or Settings()
    address = settings.database_read_url or settings.database_url
    if address is None or settings.redis_url is None:
        raise SettingsError(
            "The API needs DATABASE_URL and REDIS_URL; `jobdash serve` sets both for local services."
        )
    app = Flask(__name__)
    app.json = IsoTimes(app)
    app.extensions["jobdash"] = Readers(
        warehouse=Warehouse(address.get_secret_value()),
        models=LoadedModels(settings.model_folder),
        cache=Cache(settings.redis_url.get_secret_value()),
    )
    problems.register(app)
    headers.register(app)
    for part in (api, health, pages):
        app.register_blueprint(part.blueprint)
    return app
