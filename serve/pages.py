"""The pages for people. What they show stands in their address, `/?q=…&city=lyon` or `/market?trade=…`,
so that results can be linked to and the browser's history works; scripts only fetch from `source`."""

from flask import Blueprint, render_template, request, url_for

from serve.questions import Narrowed

blueprint = Blueprint("pages", __name__)

SHOWN_AT_ONCE = 10
NARROWING = [name for name in Narrowed.model_fields if name not in ("top", "facets")]


@blueprint.get("/")
def home() -> str:
    words = request.args.get("q", "").strip()
    job_id = request.args.get("job_id", "").strip()
    narrowed = {name: values for name in NARROWING if any(values := request.args.getlist(name))}
    asked = narrowed | {"top": SHOWN_AT_ONCE, "facets": "true"}
    source = None
    if words:
        source = url_for("api.search", q=words, **asked)
    elif job_id:
        source = url_for("api.recommend", job_id=job_id, **asked)
    return render_template("home.html", words=words, source=source)


@blueprint.get("/market")
def market() -> str:
    return render_template("market.html")
