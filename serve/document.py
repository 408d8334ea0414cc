"""The API's own document, OpenAPI 3.1, from the code that answers."""

import json
from typing import Any

from flask import Blueprint, Response, current_app, jsonify
from flask_openapi3 import Info, OpenAPI

blueprint = Blueprint("document", __name__)

INFO = Info(
    title="jobdash",
    version="1",
    description="Job ads: search, similar jobs, what the market pays and asks for.",
)


# Asked for only where keys are in use.
KEYS = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
WITH_OR_WITHOUT_KEY: list[dict[str, list[str]]] = [{}, *({name: []} for name in KEYS)]


def name_of(*, name: str, path: str, method: str) -> str:
    """Of an operation, as clients that are generated from the document call it."""
    return name


def problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }


PROBLEMS: dict[int, Any] = {
    400: problem("What was asked cannot be answered; the detail says what would be right"),
    401: problem("A key is asked for, where keys are in use"),
    429: problem("Too many requests of one client; Retry-After says when to come again"),
    503: problem("Nothing is published yet, or the database does not answer"),
}
UNKNOWN: dict[int, Any] = {404: problem("There is no such thing")}
BODY_PROBLEMS: dict[int, Any] = {413: problem("The body is too large")}


def written(app: OpenAPI) -> str:
    """As it lies in `serve/openapi.json`, where a change of the API is seen."""
    return json.dumps(app.api_doc, indent=2, ensure_ascii=False, sort_keys=True)


@blueprint.get("/api/openapi.json")
def document() -> Response:
    return jsonify(current_app.api_doc)
