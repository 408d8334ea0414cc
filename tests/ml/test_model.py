"""Building a model and asking it."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from made_ads import made_ads

from ml.corpus import Ad, arrange
from ml.errors import EmptyCorpus, RepeatedAd
from ml.model import Asked, build
from ml.sealed import FILES

CREATED = datetime(2026, 1, 8, 0, 30, tzinfo=UTC)
ADS = [
    Ad(UUID(int=3), "Boulangère à Dole", "pétrissage et levain"),
    Ad(UUID(int=1), "Boulanger à Dole", "levain et viennoiserie"),
    Ad(UUID(int=4), "Cariste de nuit", "CACES 3 à Évreux", skills=("Forklift driving",)),
    Ad(UUID(int=2), "Boulanger à Dole", "levain et viennoiserie"),
    Ad(UUID(int=5), "", ""),
]
MODEL = build(ADS, batch_id=7, created=CREATED, parent="tfidf_v20260107")


def ids_of(matches) -> list[int]:
    return [match.job_id.int for match in matches]


def test_nearest_ads_come_first_and_equal_ones_by_id():
    matches = MODEL.search("boulangères, viennoiseries", Asked(10)).matches
    assert ids_of(matches) == [1, 2, 3]
    assert matches[0].score == matches[1].score > matches[2].score > 0


def test_an_ad_can_be_left_out_of_its_own_neighbours():
    ad = ADS[1]
    assert ids_of(MODEL.similar(ad, Asked(1)).matches) == [1]
    assert MODEL.similar(ad, Asked(1)).matches[0].score == pytest.approx(1, abs=1e-6)
    assert ids_of(MODEL.similar(ad, Asked(2), exclude={UUID(int=1), UUID(int=99)}).matches) == [
        2,
        3,
    ]


def test_a_text_without_known_words_has_no_neighbours():
    assert MODEL.search("", Asked(5)).matches == []
    assert MODEL.search("astronaute", Asked(5)).matches == []
    assert MODEL.similar(Ad(UUID(int=9), "", ""), Asked(5)).matches == []


def test_the_terms_of_a_score_add_up_to_it():
    matches = [
        *MODEL.search("boulangère levain", Asked(3)).matches,
        *MODEL.similar(ADS[2], Asked(1)).matches,
    ]
    for match in matches:
        parts = [part for _, part, _ in match.terms]
        assert parts == sorted(parts, reverse=True)
        assert sum(parts) == pytest.approx(match.score, abs=1e-6)
    assert [name for name, *_ in matches[0].terms] == ["boulanger", "levain"]
    assert "Forklift driving" in [term.name for term in matches[-1].terms]


def test_an_ad_of_the_model_has_the_neighbours_of_its_text():
    told = MODEL.similar(ADS[0], Asked(5), exclude=[ADS[0].job_id])
    known = MODEL.similar_to(ADS[0].job_id, Asked(5))
    assert [match.job_id for match in known.matches] == [match.job_id for match in told.matches]
    assert known.matches[0].score == pytest.approx(told.matches[0].score, abs=1e-6)
    assert MODEL.similar_to(UUID(int=99), Asked(5)) is None


def test_an_unwanted_word_keeps_ads_away():
    assert ids_of(MODEL.search("levain", Asked(5)).matches) == [1, 2, 3]
    assert ids_of(MODEL.search("levain -viennoiseries", Asked(5)).matches) == [3]
    assert ids_of(MODEL.search("levain -astronaute", Asked(5)).matches) == [1, 2, 3]


def test_a_typo_is_mended_and_told():
    answer = MODEL.search("boualnger et Viennosierie", Asked(5))
    assert answer.did_you_mean == "boulanger et viennoiserie"
    assert answer == replace(
        MODEL.search("boulanger et viennoiserie", Asked(5)), did_you_mean=answer.did_you_mean
    )


def test_the_manifest_says_where_the_model_comes_from():
    manifest = MODEL.manifest
    assert (manifest.batch_id, manifest.parent) == (7, "tfidf_v20260107")
    assert manifest.created == "2026-01-08T00:30:00+00:00"
    assert (manifest.ads, manifest.features) == (5, len(MODEL.vectorizer.names))
    assert manifest.settings["max_features"] == 10_000
    assert manifest.libraries.keys() == {"python", "scikit-learn", "numpy", "scipy", "joblib"}


def test_the_corpus_is_known_again_in_any_order_and_any_change_is_seen():
    known = MODEL.manifest.corpus_sha256
    assert arrange(ADS[::-1]).sha256() == known
    assert arrange(ADS[1:]).sha256() != known
    for change in (
        {"job_id": UUID(int=6)},
        {"title": "Boulangère à Pau"},
        {"title": "Boulangère à Dole pétrissage", "text": "et levain"},
        {"language": "fr"},
        {"employer": 1},
        {"skills": ("Bread making",)},
    ):
        assert arrange([ADS[0]._replace(**change), *ADS[1:]]).sha256() != known, change


def test_an_ad_given_twice_is_named():
    with pytest.raises(RepeatedAd, match=str(UUID(int=3))):
        build([*ADS, ADS[0]], batch_id=1, created=CREATED)


def test_an_empty_corpus_is_refused():
    with pytest.raises(EmptyCorpus):
        build([], batch_id=1, created=CREATED)


BUILD_AND_WRITE = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from made_ads import made_ads
from ml.model import build
from ml.store import write

ads = list(made_ads(300))
random.Random(sys.argv[2]).shuffle(ads)
model = build(ads, batch_id=7, created=datetime(2026, 1, 8, tzinfo=UTC))
write(model, Path(sys.argv[1]), "tfidf_v20260108")
"""


def test_two_processes_write_the_same_bytes_whatever_the_hash_seed_and_the_order(tmp_path):
    started = [
        subprocess.Popen(
            [sys.executable, "-c", BUILD_AND_WRITE, tmp_path / seed, seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
        )
        for seed in ("1", "2")
    ]
    assert [process.wait(timeout=60) for process in started] == [0, 0]
    for name in FILES:
        one, other = (tmp_path / seed / "tfidf/tfidf_v20260108" / name for seed in ("1", "2"))
        assert one.read_bytes() == other.read_bytes(), name


def test_shuffled_ads_give_the_same_answers():
    ads = list(made_ads(120))
    shuffled = random.Random(5).sample(ads, len(ads))
    one, other = (build(some, batch_id=1, created=CREATED) for some in (ads, shuffled))
    for ad in ads[:20]:
        assert one.similar(ad, Asked(10)) == other.similar(ad, Asked(10))
