"""From a question to its answer: out of the cache, or from model and marts of one publication, or,
while the database is gone, from the model alone."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import Response, current_app, request

from core.publication import Publication
from serve import metrics
from serve.at_hand import Answer, address_of, with_time
from serve.busiest import OF_OUR_OWN
from serve.last_known import Known
from serve.readers import Readers
from serve.warehouse import GONE, Moved, Reading

log = logging.getLogger(__name__)

Told = Mapping[str, Any]
Read = Callable[[Reading], Told]
Remember = Callable[[Known], Told]


def readers() -> Readers:
    return current_app.extensions["jobdash"]


def answered(kind: str, asked: Told, read: Read, remember: Remember | None = None) -> Response:
    """`asked` is what tells this question from others of its kind; `read` answers it, `remember`
    does so without the database, where that is possible."""
    began = time.perf_counter()
    cache = readers().cache
    if request.method == "GET" and OF_OUR_OWN not in request.environ:
        readers().busiest.note(address_of(request.environ))
    known = cache.publication()
    if known is None:
        return _computed(kind, asked, read, remember, began, known)
    with cache.turn(kind, known, asked) as waiting:
        if waiting.answer is None:
            return _computed(kind, asked, read, remember, began, known)
        return _response(waiting.answer, waiting.outcome, began, kind, asked, known)


def _computed(
    kind: str,
    asked: Told,
    read: Read,
    remember: Remember | None,
    began: float,
    known: Publication | None,
) -> Response:
    cache, last_known = readers().cache, readers().last_known
    try:
        body, publication = _read(read, known)
    except GONE as error:
        if known:
            cache.give_back(kind, known, asked)
        last = last_known.get()
        if last and (whole := cache.find(kind, last.publication, asked)):
            return _response(whole, "hit", began, kind, asked, last.publication)
        if remember is None or last is None:
            raise
        log.warning("answered from the model alone: %s", type(error).__name__)
        metrics.count_answer("none")
        return _json(_body(remember(last), last.publication), "none", began)
    if publication != known:
        cache.remember_publication(publication)
    cache.set(kind, publication, asked, body, turn_of=known)
    return _response(body, "miss", began, kind, asked, publication)


def _read(read: Read, expected: Publication | None) -> tuple[bytes, Publication]:
    try:
        with readers().warehouse.reading(expected) as reading:
            return _body(read(reading), reading.publication), reading.publication
    except Moved:
        return _read(read, None)


def _body(told: Told, publication: Publication) -> bytes:
    return orjson.dumps(
        {
            **told,
            "model_version": publication.model_version,
            "batch_id": publication.batch_id,
            "data_as_of": publication.published_at,
        }
    )


def _response(
    body: bytes, outcome: str, began: float, kind: str, asked: Told, publication: Publication
) -> Response:
    metrics.count_answer(outcome)
    etag = readers().cache.etag(kind, publication, asked)
    if request.method == "GET":
        answer = Answer(body, etag, request.url_rule.rule)
        readers().at_hand.keep(publication, address_of(request.environ), answer)
    response = _json(body, outcome, began)
    response.set_etag(etag, weak=True)
    return response


def _json(body: bytes, outcome: str, began: float) -> Response:
    whole = with_time(body, began)
    return Response(whole, mimetype="application/json", headers={"X-Cache": outcome})
