"""A night's model goes on from the one before it, and knows what the marts know."""

from datetime import timedelta
from uuid import UUID

import pytest
from generated import DAY, ads_of
from houses import House

from ml.model import Model
from ml.store import load

OPEN = """
select ads.job_id, ads.is_canonical, locations.city, ads.contract_type
from marts.jobs as ads
inner join marts.jobs as standing on ads.posting_group_id = standing.posting_group_id
inner join marts.locations on ads.location_key = locations.location_key
where ads.is_open and standing.is_open and standing.is_canonical
"""


def published_model(house: House) -> Model:
    version, files = house.query(
        "select version, files from ops.model_versions where status = 'active'"
    )[0]
    return load(house.folder / "models", version, files)


def assert_knows_the_marts(house: House, model: Model) -> None:
    told = {UUID(job_id): rest for job_id, *rest in house.query(OPEN)}
    ids = [UUID(bytes=job_id.tobytes()) for job_id in model.index.ids]
    assert ids == sorted(job_id for job_id, (is_canonical, *_) in told.items() if is_canonical)
    facts = model.facts
    known = {
        UUID(bytes=job_id.tobytes()): [facts.name(name, place) for name in ("city", "contract")]
        for place, job_id in enumerate(facts.ids)
    }
    assert known == {job_id: rest for job_id, (_, *rest) in told.items()}


@pytest.fixture
def later(published: House, monkeypatch) -> House:
    monkeypatch.setattr("ml.renewal.REFIT_AFTER_CHANGED", 10.0)
    monkeypatch.setattr("ml.renewal.REFIT_AFTER_UNKNOWN", 10.0)
    for night in (1, 2, 3):
        published.collect_from(ads_of(night), DAY + timedelta(days=night))
    return published


def test_after_some_nights_it_knows_what_the_marts_know(later):
    model = published_model(later)
    assert_knows_the_marts(later, model)
    manifest = model.manifest
    assert manifest.parent == "tfidf_v20260110"
    assert manifest.since_fit["changed"] > 0
    ((counts,),) = later.query(
        "select counts from ops.batch_runs where stage = 'vectorize' order by batch_id desc limit 1"
    )
    assert counts["changed"] == manifest.since_fit["changed"]


def test_after_other_intermediate_tables_all_is_learned_anew(published):
    published.query("update ops.model_versions set built_from = 'built from none'")
    published.collect_from(ads_of(1), DAY + timedelta(days=1))
    model = published_model(published)
    assert model.manifest.since_fit["changed"] == 0
    assert_knows_the_marts(published, model)
