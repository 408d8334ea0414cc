"""For those who watch: is the process alive, is it able to answer."""

from flask import Blueprint, Response, current_app, jsonify

from serve.warehouse import GONE

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """The process answers; nothing else is looked at."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 when searches are answered, else the 503 that one would get; without the cache, or without
    the database once a model is loaded, `degraded` and not dead."""
    readers = current_app.extensions["jobdash"]
    database_is_up = True
    try:
        with readers.warehouse.reading() as reading:
            publication = readers.known(reading).publication
    except GONE:
        known = readers.last_known.get()
        if known is None:
            raise
        publication, database_is_up = known.publication, False
    cache_is_up = readers.cache.is_up()
    return jsonify(
        status="ok" if cache_is_up and database_is_up else "degraded",
        batch_id=publication.batch_id,
        model_version=publication.model_version,
        cache="ok" if cache_is_up else "gone",
        database="ok" if database_is_up else "gone",
    )
