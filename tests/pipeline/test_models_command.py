"""`jobdash models`: what is kept, and going back to it."""

import json
from datetime import timedelta

import pytest
from generated import DAY, ads_of
from houses import House

from pipeline.models import VERSIONS_KEPT


def models(house: House, *arguments: str) -> tuple[int, str, str]:
    command = house.jobdash("models", *arguments)
    output, errors = command.communicate(timeout=120)
    return command.returncode, output, errors


def versions(house: House) -> dict[str, str]:
    code, output, _ = models(house, "list", "--json")
    assert code == 0
    return {version["version"]: version["status"] for version in json.loads(output)}


def active(house: House) -> str:
    return house.value("select model_version from ops.publication")


@pytest.fixture
def two_nights(published: House) -> House:
    published.collect_from(ads_of(1), DAY + timedelta(days=1))
    return published


def test_going_back_and_forth_is_recorded_and_keeps_the_marts(two_nights):
    older, newer = "tfidf_v20260108", "tfidf_v20260109"
    assert versions(two_nights) == {newer: "active", older: "retired"}
    before = two_nights.query("select batch_id, published_at from ops.publication")
    code, output, _ = models(two_nights, "activate", older)
    assert (code, output) == (0, f"{older} answers, before it {newer}\n")
    assert active(two_nights) == older
    assert versions(two_nights) == {newer: "retired", older: "active"}
    assert two_nights.query("select batch_id, published_at from ops.publication") == before
    code, output, _ = models(two_nights, "activate", older)
    assert (code, output) == (0, f"{older} answers already\n")
    models(two_nights, "activate", newer)
    code, output, _ = models(two_nights, "show", newer)
    told = json.loads(output)
    assert (told["status"], told["parent"]) == ("active", older)
    assert [one["reason"] for one in told["activations"]] == ["export", "command"]


def test_a_damaged_version_is_found_and_does_not_answer(two_nights):
    older, newer = "tfidf_v20260108", "tfidf_v20260109"
    assert models(two_nights, "verify")[0] == 0
    path = two_nights.folder / "models" / "tfidf" / older / "matrix.joblib"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    code, output, errors = models(two_nights, "verify")
    assert code == 1
    assert f"{newer}: whole" in output
    assert f"{older}: matrix.joblib of model {older} is not the file written." in errors
    code, _, errors = models(two_nights, "activate", older)
    assert code != 0
    assert "matrix.joblib" in errors
    assert active(two_nights) == newer


def test_pruning_keeps_the_active_version_and_the_record(two_nights):
    older, newer = "tfidf_v20260108", "tfidf_v20260109"
    models(two_nights, "activate", older)
    code, output, _ = models(two_nights, "prune", "--keep", "1")
    assert (code, output) == (0, "Nothing to delete: no more than 1 versions are kept.\n")
    models(two_nights, "activate", newer)
    code, output, _ = models(two_nights, "prune", "--keep", "1", "--dry-run")
    assert code == 0
    assert "would be freed" in output
    assert versions(two_nights)[older] == "retired"
    assert models(two_nights, "prune", "--keep", "1")[0] == 0
    assert versions(two_nights) == {newer: "active", older: "pruned"}
    assert not (two_nights.folder / "models" / "tfidf" / older).exists()
    code, _, errors = models(two_nights, "activate", older)
    assert (code, active(two_nights)) == (2, newer)
    assert errors == (
        f"error: The files of {older} were deleted: `jobdash models list` shows which are kept.\n"
    )


def test_a_batch_that_is_published_prunes_what_is_older_than_a_week_of_versions(published):
    house, oldest = published, "tfidf_v20260101"
    house.query(
        "insert into ops.model_versions (version, batch_id, status, files, ads, features,"
        " corpus_sha256, created_at) select 'tfidf_v2026010' || day, 1, 'retired', '{}', 1, 1,"
        " '', '2026-01-01'::timestamptz + day * interval '1 day' from generate_series(1, 7) as day"
        " returning 1"
    )
    folder = house.folder / "models" / "tfidf"
    for day in range(1, 8):
        (folder / f"tfidf_v2026010{day}").mkdir()
    house.collect_from(ads_of(1), DAY + timedelta(days=1))
    gone = "select version from ops.model_versions where status = 'pruned'"
    assert house.query(gone) == [(oldest,)]
    assert not (folder / oldest).exists()
    assert len(list(folder.iterdir())) == VERSIONS_KEPT


def test_a_version_that_is_not_there_is_one_clear_line(published):
    code, _, errors = models(published, "activate", "tfidf_v19990101")
    assert code == 2
    assert errors == (
        "error: There is no model version 'tfidf_v19990101': `jobdash models list` shows all.\n"
    )
