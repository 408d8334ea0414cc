"""The page for people. What it shows stands in its address, `/?q=` or `/?job_id=`, so that results
can be linked to and the browser's history works; the script only fetches from `source`."""

from flask import Blueprint, render_template, request, url_for

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    words = request.args.get("q", "").strip()
    job_id = request.args.get("job_id", "").strip()
    source = None
    if words:
        source = url_for("api.search", q=words)
    elif job_id:
        source = url_for("api.recommend", job_id=job_id)
    return render_template("home.html", words=words, source=source)
