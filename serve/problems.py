"""Errors as RFC 9457 problem+json, all from here."""

import logging

import psycopg2
from flask import Flask, Response, jsonify
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from ml.errors import ModelUnusable

log = logging.getLogger(__name__)


class Problem(Exception):
    """A fault to tell the client: `status`, a title of a few words, a detail that says what to do."""

    def __init__(self, status: int, title: str, detail: str):
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail


def register(app: Flask) -> None:
    @app.errorhandler(Problem)
    def problem(error: Problem) -> Response:
        answer = _answer(error.status, error.title, error.detail)
        if error.status == 401:
            answer.www_authenticate = WWWAuthenticate("bearer")
        return answer

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        answer = _answer(error.code or 500, error.name, error.description or error.name)
        if isinstance(error, MethodNotAllowed):
            answer.allow.update(error.valid_methods or ())
        return answer

    @app.errorhandler(psycopg2.Error)
    def database(error: psycopg2.Error) -> Response:
        log.warning("the database failed a request: %s", type(error).__name__)
        return _answer(503, "Database unavailable", "The database does not answer. Try again soon.")

    @app.errorhandler(ModelUnusable)
    def model(error: ModelUnusable) -> Response:
        log.error("%s", error)
        return _answer(503, "Model unavailable", "The search model cannot be read. Try again soon.")

    @app.errorhandler(Exception)
    def anything(error: Exception) -> Response:
        log.exception("a request failed")
        return _answer(500, "Internal error", "The fault was written to the server's log.")


def _answer(status: int, title: str, detail: str) -> Response:
    response = jsonify(type="about:blank", title=title, status=status, detail=detail)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
