"""The API's document: as it lies in the repository, and as every answer keeps to it."""

import json

import pytest
from jsonschema import Draft202012Validator
from written_ads import BY_NAME

from core.paths import ROOT
from serve.document import written

FROZEN = ROOT / "serve/openapi.json"
JOB = BY_NAME["data"].job_id
ASKED = [
    ("get", "/api/jobs/search", "/api/jobs/search?q=python&facets=true&skill=sql&near=45.7,4.8"),
    ("get", "/api/jobs/search", "/api/jobs/search?q=pyhton"),
    ("get", "/api/jobs/search", "/api/jobs/search?q=volcanologue"),
    ("get", "/api/jobs/search", "/api/jobs/search"),
    ("get", "/api/recommend", f"/api/recommend?job_id={JOB}&min_pay=1"),
    ("get", "/api/recommend", "/api/recommend?job_id=00000000-0000-0000-0000-000000000001"),
    ("post", "/api/recommend", "/api/recommend?top=2"),
    ("get", "/api/jobs/{job_id}", f"/api/jobs/{BY_NAME['baker-lyon'].job_id}"),
    ("get", "/api/jobs/{job_id}", "/api/jobs/1234"),
    ("get", "/api/suggest", "/api/suggest?q=p"),
    ("get", "/api/market/skills", "/api/market/skills?trade=it-jobs"),
    ("get", "/api/market/pay", "/api/market/pay?since=2026-01"),
    ("get", "/api/market/openings", "/api/market/openings?until=x"),
    ("get", "/api/batch/status", "/api/batch/status"),
]


def test_a_change_of_the_api_is_seen_in_the_repository(client):
    """`make openapi` writes it anew."""
    assert FROZEN.read_text(encoding="utf-8").strip() == written(client.application)


def test_the_api_answers_its_own_document(client):
    document = client.get("/api/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert document == json.loads(FROZEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("method", "path", "address"), ASKED)
def test_every_answer_is_as_the_document_says(client, method, path, address):
    options = {"json": {"text": "python et sql"}} if method == "post" else {}
    response = getattr(client, method)(address, **options)
    document = json.loads(FROZEN.read_text(encoding="utf-8"))
    promised = document["paths"][path][method]["responses"][str(response.status_code)]
    schema = promised["content"][response.mimetype]["schema"]
    validator = Draft202012Validator(
        schema | {"components": document["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    assert [error.message for error in validator.iter_errors(response.json)] == []


def test_every_path_of_the_document_is_asked_here(client):
    document = json.loads(FROZEN.read_text(encoding="utf-8"))
    told = {(method, path) for path, methods in document["paths"].items() for method in methods}
    assert told == {(method, path) for method, path, _ in ASKED}
