"""For those who watch: is the process alive, is it able to answer."""

import psycopg2
from flask import Blueprint, Response, current_app, jsonify

from serve.problems import Problem

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """The process answers; nothing else is looked at."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """200 when there is something published to read; without the cache `degraded`, not dead."""
    readers = current_app.extensions["jobdash"]
    cache = "ok" if readers.cache.is_up() else "gone"
    try:
        with readers.warehouse.reading() as (_, publication):
            published = publication.batch_id
    except (psycopg2.Error, Problem) as error:
        reason = error.detail if isinstance(error, Problem) else "The database does not answer."
        return jsonify(status="unavailable", detail=reason, cache=cache), 503
    status = "ok" if cache == "ok" else "degraded"
    return jsonify(status=status, batch_id=published, cache=cache), 200
