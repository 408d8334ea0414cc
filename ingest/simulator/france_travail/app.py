"""France Travail's HTTP contract, as its documentation and those who call it describe it."""

import json
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from itertools import count
from threading import Event
from typing import Any

from flask import Flask, Response, g, request

from ingest.simulator.faults import FaultPlan
from ingest.simulator.france_travail.entry import Entry
from ingest.simulator.france_travail.query import Query, Range, read_query, read_range
from ingest.simulator.france_travail.search import find
from ingest.simulator.france_travail.tokens import Tokens

OAUTH_PATH = "/connexion/oauth2/access_token"
SEARCH_PATH = "/partenaire/offresdemploi/v2/offres/search"
KEPT_QUERIES = 64  # distinct ones whose results stay sorted in memory


def create_app(
    ads: Iterable[Any],
    *,
    now: Callable[[], datetime],
    steady: Callable[[], float],
    client_id: str,
    client_secret: str,
    token_life: float,
    most_ads: int,
    calls_per_second: int | None,
    faults: FaultPlan,
    seed: int,
    closing: Event,
) -> Flask:
    """The API over `ads`. `now` is its clock, `steady` counts the seconds of tokens and limits."""
    app = Flask(__name__, static_folder=None)
    entries = [Entry(ad) for ad in ads]
    tokens = Tokens(token_life, steady)
    calls = count(1)
    recent: deque[float] = deque(maxlen=calls_per_second)

    @lru_cache(maxsize=KEPT_QUERIES)
    def found_by(query: Query, _day: str) -> list[Any]:
        return find(entries, query, now())

    def is_too_fast() -> bool:
        moment = steady()
        if calls_per_second and len(recent) == calls_per_second and moment - recent[0] < 1:
            return True
        recent.append(moment)
        return False

    @app.post(OAUTH_PATH)
    def token() -> Response:
        given = (request.form.get("client_id"), request.form.get("client_secret"))
        if request.form.get("grant_type") != "client_credentials":
            return _json(400, {"error": "unsupported_grant_type"})
        if given != (client_id, client_secret) or request.args.get("realm") != "/partenaire":
            return _json(400, {"error": "invalid_client"})
        return _json(200, tokens.issue())

    @app.get(SEARCH_PATH)
    def search() -> Response:
        g.fault = fault = faults.fault_of(next(calls), seed)
        if fault == "timeout":
            closing.wait(faults.hold_seconds)
        elif fault == "429" or is_too_fast():
            return _page(429, "Too Many Requests", {"Retry-After": str(faults.retry_after)})
        elif fault in ("502", "503"):
            return _page(int(fault), "Service indisponible")
        elif fault == "html":
            return _page(200, "Site en maintenance")
        if not tokens.is_good(request.headers.get("Authorization")):
            return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        try:
            places = read_range(request.args, most_ads)
            found = found_by(read_query(request.args), now().isoformat()[:10])
        except ValueError as error:
            return _json(400, {"codeErreur": "PARAMETRE_INVALIDE", "message": str(error)})
        return _answer(found, places)

    @app.after_request
    def cut_and_date(response: Response) -> Response:
        if g.get("fault") == "cut":
            body = response.get_data()
            response.set_data(body[: len(body) // 2])
        response.headers["Date"] = format_datetime(now(), usegmt=True)
        return response

    return app


def _answer(found: list[Any], places: Range) -> Response:
    """204 without ads, 200 where all fit, else 206."""
    shown = found[places.first : places.last + 1]
    if not shown:
        return Response(status=204, headers={"Content-Range": f"offres */{len(found)}"})
    status = 200 if len(shown) == len(found) else 206
    last = places.first + len(shown) - 1
    answer = _json(status, {"resultats": shown, "filtresPossibles": []})
    answer.headers["Accept-Range"] = "150"
    answer.headers["Content-Range"] = f"offres {places.first}-{last}/{len(found)}"
    return answer


def _json(status: int, body: dict) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/json")


def _page(status: int, heading: str, headers: dict[str, str] | None = None) -> Response:
    body = f"<html><head><title>{heading}</title></head><body><h1>{heading}</h1></body></html>"
    return Response(body, status, headers, mimetype="text/html")
