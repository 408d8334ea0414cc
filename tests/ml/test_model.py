"""Building a model and asking it."""

import os
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from made_ads import made_ads

from ml.corpus import arrange
from ml.errors import EmptyCorpus, RepeatedAd
from ml.model import build
from ml.store import FILES

CREATED = datetime(2026, 1, 8, 0, 30, tzinfo=UTC)
ADS = {
    UUID(int=3): "Boulangère à Dole, pétrissage et levain",
    UUID(int=1): "Boulanger à Dole, levain et viennoiserie",
    UUID(int=4): "Cariste de nuit, CACES 3 à Évreux",
    UUID(int=2): "Boulanger à Dole, levain et viennoiserie",
    UUID(int=5): "",
}
MODEL = build(ADS.values(), list(ADS), batch_id=7, created=CREATED, parent="tfidf_v20260107")


def ids_of(matches) -> list[int]:
    return [match.job_id.int for match in matches]


def test_nearest_ads_come_first_and_equal_ones_by_id():
    matches = MODEL.similar_to_text("boulanger, viennoiserie et levain", 10)
    assert ids_of(matches) == [1, 2, 3]
    assert matches[0].score == matches[1].score > matches[2].score > 0


def test_an_ad_can_be_left_out_of_its_own_neighbours():
    text = ADS[UUID(int=1)]
    assert ids_of(MODEL.similar_to_text(text, 1)) == [1]
    assert MODEL.similar_to_text(text, 1)[0].score == pytest.approx(1, abs=1e-6)
    assert ids_of(MODEL.similar_to_text(text, 2, exclude={UUID(int=1), UUID(int=99)})) == [2, 3]


def test_a_text_without_known_words_has_no_neighbours():
    assert MODEL.similar_to_text("", 5) == []
    assert MODEL.similar_to_text("astronaute", 5) == []


def test_the_manifest_says_where_the_model_comes_from():
    manifest = MODEL.manifest
    assert (manifest.batch_id, manifest.parent) == (7, "tfidf_v20260107")
    assert manifest.created == "2026-01-08T00:30:00+00:00"
    assert (manifest.ads, manifest.features) == (5, len(MODEL.vectorizer.vocabulary_))
    assert manifest.settings["max_features"] == 10_000
    assert manifest.libraries.keys() == {"python", "scikit-learn", "numpy", "scipy", "joblib"}


def test_the_corpus_is_known_again_in_any_order_and_any_change_is_seen():
    ids, texts = list(ADS), list(ADS.values())
    known = MODEL.manifest.corpus_sha256
    assert arrange(texts[::-1], ids[::-1]).sha256() == known
    assert arrange([texts[0].replace("D", "P"), *texts[1:]], ids).sha256() != known
    assert arrange(texts, [*ids[:-1], UUID(int=6)]).sha256() != known
    assert arrange(texts[1:], ids[1:]).sha256() != known
    two = sorted(ids)[:2]
    assert arrange(["ab", "c"], two).sha256() != arrange(["a", "bc"], two).sha256()


def test_an_ad_given_twice_is_named():
    with pytest.raises(RepeatedAd, match=str(UUID(int=3))):
        build(["a", "b", "c"], [UUID(int=3), UUID(int=1), UUID(int=3)], batch_id=1, created=CREATED)


def test_an_empty_corpus_and_a_missing_text_are_refused():
    with pytest.raises(EmptyCorpus):
        build([], [], batch_id=1, created=CREATED)
    with pytest.raises(ValueError, match="shorter"):
        build(["soudeuse"], [UUID(int=1), UUID(int=2)], batch_id=1, created=CREATED)


BUILD_AND_WRITE = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from made_ads import made_ads
from ml.model import build
from ml.store import write

ads = list(made_ads(300))
random.Random(sys.argv[2]).shuffle(ads)
ids, texts = zip(*ads)
model = build(texts, ids, batch_id=7, created=datetime(2026, 1, 8, tzinfo=UTC))
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
    one, other = (
        build([text for _, text in some], [i for i, _ in some], batch_id=1, created=CREATED)
        for some in (ads, shuffled)
    )
    for _, text in ads[:20]:
        assert one.similar_to_text(text, 10) == other.similar_to_text(text, 10)
