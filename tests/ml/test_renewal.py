"""A version from the one before it answers as one built from nothing with the same vocabulary."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from made_ads import made_ads

from ml.corpus import Ad, arrange
from ml.errors import RepeatedAd
from ml.facts import Facts, Listing
from ml.index import Index
from ml.model import Model, build
from ml.narrowing import NAMED
from ml.renewal import Changes, is_due, renew

CREATED = datetime(2026, 1, 8, tzinfo=UTC)
ADS = list(made_ads(240))
BEFORE, LATER = ADS[:200], ADS[200:]
NOTHING = Changes([], [], [], [])


def listing(ad: Ad, standing: Ad, chance: random.Random) -> Listing:
    return Listing(
        ad.job_id, standing.job_id, "fr",
        city=chance.choice(["Lyon", "Brest", None]),
        contract=chance.choice(["permanent", None]),
        annual_pay=chance.choice([24_000.0, None]),
        posted=date(2026, 1, 8) - timedelta(days=chance.randrange(30)),
    )  # fmt: skip


def listings_of(ads: list[Ad], seed: int) -> list[Listing]:
    """Of each ad, and of a copy of every third; of every seventh nothing is known."""
    chance = random.Random(seed)
    copies = [ad._replace(job_id=UUID(int=ad.job_id.int ^ 1)) for ad in ads[::3]]
    told = [listing(ad, ad, chance) for ad in ads if ad.job_id.int % 7]
    return told + [listing(copy, ad, chance) for copy, ad in zip(copies, ads[::3], strict=True)]


def from_nothing(model: Model, ads: list[Ad], listings: list[Listing]) -> Model:
    """With the vocabulary and weights of a model."""
    corpus = arrange(ads, listings)
    index = Index(model.vectorizer.vectors(corpus.ads), corpus.ids)
    return replace(model, index=index, facts=Facts.gather(corpus.listings, corpus.ids))


def assert_same(one: Model, other: Model) -> None:
    for name in ("indptr", "indices", "data"):
        assert np.array_equal(
            getattr(one.index.postings, name), getattr(other.index.postings, name)
        )
    assert np.array_equal(one.index.ids, other.index.ids)
    assert np.array_equal(one.facts.rows, other.facts.rows)
    assert np.array_equal(one.facts.ids, other.facts.ids)
    for name in NAMED:
        assert one.facts.names[name].texts() == other.facts.names[name].texts(), name
    assert np.array_equal(one.facts.codes, other.facts.codes)
    assert np.array_equal(one.facts.numbers, other.facts.numbers, equal_nan=True)
    postings = len(one.index.ids)
    assert np.array_equal(one.facts.rows[:postings], np.arange(postings))
    assert np.array_equal(one.facts.ids[:postings], one.index.ids)


PARENT = build(BEFORE, listings_of(BEFORE, 1), batch_id=1, created=CREATED)


def test_new_changed_and_closed_ads():
    changed = [ad._replace(title="Soudeuse TIG", skills=("Welding",)) for ad in BEFORE[10:20]]
    left, kept = BEFORE[:10], BEFORE[20:]
    listed = listings_of([*kept, *changed, *LATER], 2)
    before = {one.job_id for one in listings_of(BEFORE, 1)}
    changes = Changes(
        ads=[*changed, *LATER],
        left=[ad.job_id for ad in left],
        listings=listed,
        closed=before - {one.job_id for one in listed},
    )
    renewed = renew(PARENT, changes, batch_id=2, created=CREATED)
    assert_same(renewed, from_nothing(PARENT, [*kept, *changed, *LATER], listed))
    assert (renewed.manifest.ads, renewed.manifest.batch_id) == (230, 2)
    assert renewed.manifest.since_fit["changed"] == 10 + 10 + 50


def test_what_did_not_change_keeps_its_listings():
    listed = listings_of(BEFORE, 1)
    later = [listing(ad, ad, random.Random(3)) for ad in LATER]
    renewed = renew(PARENT, Changes(LATER, [], later, []), batch_id=2, created=CREATED)
    assert_same(renewed, from_nothing(PARENT, ADS, [*listed, *later]))


def test_versions_follow_each_other():
    first = renew(PARENT, Changes(LATER[:20], [], [], []), batch_id=2, created=CREATED)
    second = renew(first, Changes(LATER[20:], [], [], []), batch_id=3, created=CREATED)
    at_once = renew(PARENT, Changes(LATER, [], [], []), batch_id=3, created=CREATED)
    assert_same(second, at_once)
    assert second.manifest.since_fit == at_once.manifest.since_fit
    assert second.manifest.fit == PARENT.manifest.fit


def test_the_sum_of_the_corpus_follows_what_changed():
    sums = [
        renew(PARENT, changes, batch_id=2, created=CREATED).manifest.corpus_sha256
        for changes in (
            Changes(LATER, [], [], []),
            Changes(LATER[::-1], [], [], []),
            Changes(LATER[1:], [], [], []),
            Changes([], [BEFORE[0].job_id], [], []),
        )
    ]
    assert sums[0] == sums[1]
    assert len(set(sums)) == 3
    assert not NOTHING


def test_an_ad_told_twice_is_refused():
    with pytest.raises(RepeatedAd):
        renew(PARENT, Changes([LATER[0], LATER[0]], [], [], []), batch_id=2, created=CREATED)


def test_a_fit_is_due_after_a_fifth_changed():
    fifth = Changes(LATER, [], [], [])
    more = Changes([*LATER, *made_ads(1, seed=9)], [], [], [])
    assert not is_due(renew(PARENT, fifth, batch_id=2, created=CREATED))
    assert is_due(renew(PARENT, more, batch_id=2, created=CREATED))


def test_a_fit_is_due_when_new_ads_speak_another_way(monkeypatch):
    monkeypatch.setattr("ml.renewal.REFIT_FEWEST_WORDS", 500)
    usual = renew(PARENT, Changes(BEFORE[:20], [], [], []), batch_id=2, created=CREATED)
    strange = [ad._replace(text="zyx wvu tsr qpo " * 20) for ad in LATER[:20]]
    other = renew(PARENT, Changes(strange, [], [], []), batch_id=2, created=CREATED)
    assert (is_due(usual), is_due(other)) == (False, True)


def test_arrays_have_types_of_numpys_own():
    """Others, equal ones, come out of compiled code that was cached; files would differ by them."""
    later = renew(PARENT, Changes(LATER[:3], [], [], []), batch_id=2, created=CREATED)
    postings = later.index.postings
    arrays = (
        *(later.said.values, later.said.ends, later.facts.titles.values, later.facts.titles.ends),
        *(postings.data, postings.indices, postings.indptr),
    )
    for array in arrays:
        assert array.dtype is np.dtype(array.dtype.str)
