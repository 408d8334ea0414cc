"""For those who watch: is the process alive, is it able to answer."""

from flask import Blueprint, Response, current_app, jsonify

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """The process answers; nothing else is looked at."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 when a published model and its marts can be read, else the 503 that a search would get;
    without the cache `degraded`, not dead."""
    readers = current_app.extensions["jobdash"]
    with readers.warehouse.reading() as (cursor, publication):
        readers.models.get(publication.model_version, cursor)
    cache_is_up = readers.cache.is_up()
    return jsonify(
        status="ok" if cache_is_up else "degraded",
        batch_id=publication.batch_id,
        model_version=publication.model_version,
        cache="ok" if cache_is_up else "gone",
    )
