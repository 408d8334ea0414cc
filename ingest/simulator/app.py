"""Adzuna's HTTP contract: https://developer.adzuna.com/docs/search and what real answers showed."""

import json
from itertools import count
from threading import Event

from flask import Flask, Response, g, request

from ingest.adzuna.categories import CATEGORIES, category
from ingest.clock import Clock
from ingest.simulator.answers import Answers
from ingest.simulator.countries import HOSTS
from ingest.simulator.faults import FaultPlan
from ingest.simulator.links import Links
from ingest.simulator.market import Market
from ingest.simulator.meter import Meter
from ingest.simulator.query import read_page, read_page_size, read_query
from ingest.simulator.search import page_of

ROOT = "/v1/api"
DRIFT = (0, 1, -1, 2, -2)  # of `count` from call to call


def create_app(
    market: Market,
    clock: Clock,
    *,
    app_id: str,
    app_key: str,
    meter: Meter,
    faults: FaultPlan,
    seed: int,
    answers: Answers | None,
    closing: Event,
) -> Flask:
    """The API over `market` by `clock`; setting `closing` lets held answers go.

    `meter` counts the calls that carry the right keys, `answers` keeps what arrived.
    """
    app = Flask(__name__, static_folder=None)
    links = Links(seed)
    calls = count(1)

    @app.before_request
    def refuse_or_meet_fault() -> Response | None:
        g.call, g.now = next(calls), clock.now()
        g.fault = faults.fault_of(g.call, seed)
        has_keys = (request.args.get("app_id"), request.args.get("app_key")) == (app_id, app_key)
        if has_keys and (refusal := meter.take(g.now)):
            g.fault = None
            return _too_many(refusal.wait)
        if g.fault == "timeout":
            closing.wait(faults.hold_seconds)
        elif g.fault == "429":
            return _too_many(faults.retry_after)
        elif g.fault == "502":
            return _page(502, "Bad Gateway")
        elif g.fault == "503":
            return _page(503, "Service Temporarily Unavailable")
        elif g.fault == "html":
            return _page(200, "We will be back soon")
        if not has_keys:
            return _exception(401, "AUTH_FAIL", "Authorisation failed")
        return None

    @app.after_request
    def cut(response: Response) -> Response:
        if g.fault == "cut":
            body = response.get_data()
            response.set_data(body[: len(body) // 2])
        response.date = g.now
        return response

    @app.get(f"{ROOT}/jobs/<country>/search/<page>")
    def search(country: str, page: str) -> Response:
        if country not in HOSTS:
            return _unknown_country(country)
        try:
            query = read_query(country, request.args)
            place = read_page(page), read_page_size(request.args)
        except ValueError as error:
            return _exception(400, "INVALID_PARAM", str(error))
        today = g.now.date()
        found = market.find(query, today)
        shown = page_of(found.entries, *place)
        if answers is not None and g.fault is None:
            answers.keep(today, shown)
        return _json(
            200,
            {
                "__CLASS__": "Adzuna::API::Response::JobSearchResults",
                "count": found.count and max(1, found.count + DRIFT[g.call % len(DRIFT)]),
                "mean": found.mean,
                "results": links.refresh([entry.ad for entry in shown]),
            },
        )

    @app.get(f"{ROOT}/jobs/<country>/categories")
    def categories(country: str) -> Response:
        if country not in HOSTS:
            return _unknown_country(country)
        return _json(
            200,
            {
                "__CLASS__": "Adzuna::API::Response::JobCategories",
                "results": [category(tag) for tag in CATEGORIES],
            },
        )

    @app.get(f"{ROOT}/version")
    def version() -> Response:
        return _json(
            200,
            {
                "__CLASS__": "Adzuna::API::Response::Version",
                "api_version": 1,
                "software_version": "simulator",
            },
        )

    @app.errorhandler(404)
    def not_found(_: Exception) -> Response:
        return _exception(404, "NOT_FOUND", "No such endpoint")

    return app


def _unknown_country(country: str) -> Response:
    return _exception(404, "UNSUPPORTED_COUNTRY", f"Unsupported country: {country}")


def _exception(status: int, name: str, display: str) -> Response:
    return _json(
        status,
        {
            "__CLASS__": "Adzuna::API::Response::Exception",
            "exception": name,
            "display": display,
            "doc": "https://api.adzuna.com/v1/doc",
        },
    )


def _too_many(wait: int | None) -> Response:
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return _page(429, "Too Many Requests", headers)


def _json(status: int, body: dict) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/json")


def _page(status: int, heading: str, headers: dict[str, str] | None = None) -> Response:
    body = f"<html><head><title>{heading}</title></head><body><h1>{heading}</h1></body></html>"
    return Response(body, status, headers, mimetype="text/html")
