"""What the API counts of itself, for Prometheus; `jobdash serve` has all its workers in one answer."""

import os
import time

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from serve.audit_metrics import AuditCollector
from serve.worker_metrics import WorkerCollector

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
    readers = app.extensions["jobdash"]
    app.extensions["jobdash_audit"] = AuditCollector(readers.warehouse)
    app.extensions["jobdash_worker"] = WorkerCollector(readers.last_known)

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
    counted, read = CollectorRegistry(), CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(counted)
    else:
        counted = REGISTRY
    read.register(current_app.extensions["jobdash_audit"])
    read.register(current_app.extensions["jobdash_worker"])
    return Response(
        generate_latest(counted) + generate_latest(read), content_type=CONTENT_TYPE_LATEST
    )
