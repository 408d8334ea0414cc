"""The HTTP API: search, similar jobs, single jobs, completions, the state of the batches."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint

from core.batches import STAGES
from ml.corpus import Ad
from ml.model import Answer, Model
from serve.answering import answered, readers
from serve.answers import BatchStatus, Matches, OneJob, Suggestions
from serve.document import BODY_PROBLEMS, PROBLEMS, UNKNOWN, WITH_OR_WITHOUT_KEY, name_of
from serve.jobs import attributions_of, read_ad, read_job, read_jobs, remembered_jobs
from serve.last_known import Known
from serve.problems import Problem
from serve.questions import Begun, JobPath, Narrowed, Search, SimilarTo, Text
from serve.warehouse import Reading

blueprint = APIBlueprint(
    "api",
    __name__,
    url_prefix="/api",
    abp_security=WITH_OR_WITHOUT_KEY,
    operation_id_callback=name_of,
)


@blueprint.get("/jobs/search", responses={200: Matches, **PROBLEMS})
def search(query: Search) -> Response:
    """Jobs nearest to `q`, at most `top`, one of each posting."""
    asked = query.asked()
    return _matches("search", query.told(), lambda reading, model: model.search(query.q, asked))


@blueprint.get("/recommend", responses={200: Matches, **PROBLEMS, **UNKNOWN})
def recommend(query: SimilarTo) -> Response:
    """Jobs nearest to the job `job_id`, at most `top`, without copies of its own posting."""
    asked = query.asked()

    def find(reading: Reading | None, model: Model) -> Answer:
        if answer := model.similar_to(query.job_id, asked):
            return answer
        if reading is None:
            raise Problem(503, "Database unavailable", "The model alone does not know this job.")
        known = read_ad(reading.cursor, query.job_id)  # a closed one
        if known is None:
            raise _unknown(query.job_id)
        ad, posting = known
        return model.similar(ad, asked, exclude=posting)

    return _matches("recommend", query.told(), find)


@blueprint.post("/recommend", responses={200: Matches, **PROBLEMS, **BODY_PROBLEMS})
def recommend_to_text(query: Narrowed, body: Text) -> Response:
    """Jobs nearest to a text, for instance a CV. The text is kept nowhere."""
    asked = query.asked()
    told = query.told() | {"text_sha256": sha256(body.text.encode("utf-8", "replace")).hexdigest()}

    def find(reading: Reading | None, model: Model) -> Answer:
        skills = model.vectorizer.skills_in(body.text)
        return model.similar(Ad(UUID(int=0), "", body.text, skills=skills), asked)

    return _matches("recommend_to_text", told, find)


@blueprint.get("/suggest", responses={200: Suggestions, **PROBLEMS})
def suggest(query: Begun) -> Response:
    """Completions of what was typed so far: words, pairs of words and skills of the ads."""

    def told_by(model: Model) -> dict[str, Any]:
        completions = model.suggest(query.q, query.top)
        return {"suggestions": [completion._asdict() for completion in completions]}

    return answered(
        "suggest",
        query.told(),
        lambda reading: told_by(readers().known(reading).model),
        lambda known: told_by(known.model),
    )


@blueprint.get("/jobs/<job_id>", responses={200: OneJob, **PROBLEMS, **UNKNOWN})
def job(path: JobPath) -> Response:
    """All that is known of a job: its history, where its pay came from, its copies."""

    def read(reading: Reading) -> dict[str, Any]:
        found = read_job(reading.cursor, path.job_id)
        if found is None:
            raise _unknown(path.job_id)
        return {"job": found}

    return answered("job", path.told(), read)


@blueprint.get("/batch/status", responses={200: BatchStatus, **PROBLEMS, **UNKNOWN})
def batch_status() -> Response:
    """The newest batch with its stages and the numbers of its law, and what is published."""
    with readers().warehouse.auditing() as (cursor, publication):
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


def _matches(
    kind: str, told: dict[str, Any], find: Callable[[Reading | None, Model], Answer]
) -> Response:
    def read(reading: Reading) -> dict[str, Any]:
        known = readers().known(reading)
        answer = find(reading, known.model)
        jobs = read_jobs(reading, known, answer.matches, readers().jobs)
        return _document(told, answer, jobs)

    def remember(known: Known) -> dict[str, Any]:
        answer = find(None, known.model)
        jobs = remembered_jobs(known, answer.matches)
        return _document(told, answer, jobs) | {"degraded": True}

    return answered(kind, told, read, remember)


def _document(told: dict[str, Any], answer: Answer, jobs: Sequence[dict]) -> dict[str, Any]:
    return {
        "query": told,
        "did_you_mean": answer.did_you_mean,
        "total": answer.total,
        "facets": answer.facets,
        "results": jobs,
        "attributions": attributions_of(jobs),
        "degraded": False,
    }


def _unknown(job_id: UUID) -> Problem:
    return Problem(404, "Unknown job", f"No job has the job_id {job_id}.")
