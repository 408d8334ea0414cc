"""Adzuna's HTTP contract: https://developer.adzuna.com/docs/search and what real answers showed."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import count
from threading import Event
from typing import Any

from flask import Flask, Response, g, request

from ingest.simulator.categories import CATEGORIES, category
from ingest.simulator.countries import HOSTS
from ingest.simulator.entry import Entry
from ingest.simulator.faults import FaultPlan
from ingest.simulator.links import Links
from ingest.simulator.query import Query, read_page, read_page_size, read_query
from ingest.simulator.search import Found, find, page_of

ROOT = "/v1/api"
KEPT_QUERIES = 64  # distinct ones whose results stay sorted in memory, 5,000 references each
DRIFT = (0, 1, -1, 2, -2)  # of `count` from call to call


def create_app(
    ads: Iterable[Any],
    today: date,
    *,
    app_id: str,
    app_key: str,
    faults: FaultPlan,
    seed: int,
    closing: Event,
) -> Flask:
    """The API over `ads` as it answers on `today`; setting `closing` lets held answers go."""
    app = Flask(__name__, static_folder=None)
    entries = [Entry(ad) for ad in ads]
    links = Links(seed)
    calls = count(1)

    @lru_cache(maxsize=KEPT_QUERIES)
    def found_by(query: Query) -> Found:
        return find(entries, query, today)

    @app.before_request
    def meet_fault_or_check_keys() -> Response | None:
        g.call = next(calls)
        g.fault = faults.fault_of(g.call, seed)
        if g.fault == "timeout":
            closing.wait(faults.hold_seconds)
        elif g.fault == "429":
            return _page(429, "Too Many Requests", {"Retry-After": str(faults.retry_after)})
        elif g.fault == "502":
            return _page(502, "Bad Gateway")
        elif g.fault == "503":
            return _page(503, "Service Temporarily Unavailable")
        elif g.fault == "html":
            return _page(200, "We will be back soon")
        if (request.args.get("app_id"), request.args.get("app_key")) != (app_id, app_key):
            return _exception(401, "AUTH_FAIL", "Authorisation failed")
        return None

    @app.after_request
    def cut(response: Response) -> Response:
        if g.fault == "cut":
            body = response.get_data()
            response.set_data(body[: len(body) // 2])
        return response

    @app.get(f"{ROOT}/jobs/<country>/search/<page>")
    def search(country: str, page: str) -> Response:
        if country not in HOSTS:
            return _unknown_country(country)
        try:
            found = found_by(read_query(country, request.args))
            shown = page_of(found.ads, read_page(page), read_page_size(request.args))
        except ValueError as error:
            return _exception(400, "INVALID_PARAM", str(error))
        return _json(
            200,
            {
                "__CLASS__": "Adzuna::API::Response::JobSearchResults",
                "count": found.count and max(1, found.count + DRIFT[g.call % len(DRIFT)]),
                "mean": found.mean,
                "results": links.refresh(shown),
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


def _json(status: int, body: dict) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/json")


def _page(status: int, heading: str, headers: dict[str, str] | None = None) -> Response:
    body = f"<html><head><title>{heading}</title></head><body><h1>{heading}</h1></body></html>"
    return Response(body, status, headers, mimetype="text/html")
