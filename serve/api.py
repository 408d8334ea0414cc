"""The HTTP API: search, similar jobs, the state of the batches."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, current_app, json, jsonify, request
from psycopg2.extensions import cursor as Cursor

from core.batches import STAGES
from core.publication import Publication
from ml.model import Answer, Model
from serve import parameters
from serve.jobs import attributions_of, read_ad, read_job, read_jobs
from serve.problems import Problem
from serve.readers import Readers

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/jobs/search")
def search() -> Response:
    """Jobs nearest to `q`, at most `top`, one of each posting."""
    words = parameters.query_text(request)
    asked, query = parameters.asked(request, of="q")

    def answer(cursor: Cursor, model: Model) -> Answer:
        return model.search(words, asked)

    return _answer("search", {"q": words, **query}, answer)


@blueprint.get("/recommend")
def recommend() -> Response:
    """Jobs nearest to the job `job_id`, at most `top`, without copies of its own posting."""
    job_id = parameters.job_id(request.args.get("job_id", ""))
    asked, query = parameters.asked(request, of="job_id")

    def answer(cursor: Cursor, model: Model) -> Answer:
        known = read_ad(cursor, job_id)
        if known is None:
            raise _unknown(job_id)
        ad, posting = known
        return model.similar(ad, asked, exclude=posting)

    return _answer("recommend", {"job_id": str(job_id), **query}, answer)


@blueprint.get("/jobs/<text>")
def job(text: str) -> Response:
    """All that is known of a job: its history, where its pay came from, its copies."""
    job_id = parameters.job_id(text)
    with _readers().warehouse.reading() as (cursor, publication):
        known = read_job(cursor, job_id)
    if known is None:
        raise _unknown(job_id)
    return jsonify(
        job=known,
        model_version=publication.model_version,
        batch_id=publication.batch_id,
        data_as_of=publication.published_at,
    )


@blueprint.get("/batch/status")
def batch_status() -> Response:
    """The newest batch with its stages and the numbers of its law, and what is published."""
    with _readers().warehouse.auditing() as (cursor, publication):
        cursor.execute("select * from ops.batches order by batch_id desc limit 1")
        batch = cursor.fetchone()
        if batch is None:
            raise Problem(404, "No batch yet", "Run one: jobdash run")
        cursor.execute(
            "select distinct on (stage) stage, status, attempt, error, counts, started_at, ended_at"
            " from ops.batch_runs where batch_id = %s order by stage, attempt desc",
            (batch["batch_id"],),
        )
        stages = sorted(cursor.fetchall(), key=lambda run: STAGES.index(run["stage"]))
    parts = ("inserted", "updated", "unchanged", "repeated", "quarantined")
    return jsonify(
        batch=batch,
        law={"collected": batch["collected"], "accounted_for": sum(batch[part] for part in parts)},
        stages=stages,
        published=publication,
    )


def _unknown(job_id: UUID) -> Problem:
    return Problem(404, "Unknown job", f"No job has the job_id {job_id}.")


def _answer(kind: str, query: dict, find: Callable[[Cursor, Model], Answer]) -> Response:
    """From the cache, or from model and marts of one publication."""
    readers = _readers()
    known = readers.cache.publication()
    if known and (cached := readers.cache.get(kind, known, query)):
        return _json(cached, cache="hit")
    with readers.warehouse.reading() as (cursor, publication):
        model = readers.models.get(publication.model_version, cursor)
        answer = find(cursor, model)
        jobs = read_jobs(cursor, answer.matches)
    body = json.dumps(_document(query, answer, jobs, publication)).encode()
    if publication != known:
        readers.cache.remember_publication(publication)
    readers.cache.set(kind, publication, query, body)
    return _json(body, cache="miss")


def _document(query: dict, answer: Answer, jobs: list[dict], publication: Publication) -> dict:
    return {
        "query": query,
        "did_you_mean": answer.did_you_mean,
        "total": answer.total,
        "facets": answer.facets,
        "results": jobs,
        "model_version": publication.model_version,
        "batch_id": publication.batch_id,
        "data_as_of": publication.published_at,
        "attributions": attributions_of(jobs),
    }


def _json(body: bytes, *, cache: str) -> Response:
    return Response(body, mimetype="application/json", headers={"X-Cache": cache})


def _readers() -> Readers:
    return current_app.extensions["jobdash"]
