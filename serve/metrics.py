"""What the API counts of itself, for Prometheus; `jobdash serve` has all its workers in one answer."""

import os
import time

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

blueprint = Blueprint("metrics", __name__)

REQUESTS = Histogram(
    "jobdash_request_seconds",
    "Requests by route and status.",
    ("route", "status"),
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
ANSWERS = Counter(
    "jobdash_answers_total",
    "Answers by cache: hit, miss, waited for another that was computing the same, none without database.",
    ("cache",),
)


def count_answer(cache: str) -> None:
    ANSWERS.labels(cache).inc()


def count_request(route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, status).observe(seconds)


def register(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        # not the path: it holds what people type
        route = request.url_rule.rule if request.url_rule else "none"
        count_request(route, response.status_code, time.perf_counter() - g.began)
        return response


@blueprint.get("/metrics")
def told() -> Response:
    registry = None
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    written = generate_latest(registry) if registry else generate_latest()
    return Response(written, content_type=CONTENT_TYPE_LATEST)
