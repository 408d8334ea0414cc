"""From ads to vectors: fields, stems, skills, and what an employer repeats."""

from uuid import UUID

import numpy as np
import pytest
from made_ads import made_ads

from ml.corpus import Ad
from ml.errors import EmptyCorpus
from ml.settings import FEATURES, IN_TITLE, SKILL, WRITTEN_OUT
from ml.vectorizer import fit


def ads(*titles_and_texts: tuple[str, str], **fields: object) -> list[Ad]:
    return [
        Ad(UUID(int=number), title, text, **fields)
        for number, (title, text) in enumerate(titles_and_texts, start=1)
    ]


def weight(vectorizer, row, name: str) -> float:
    return row.toarray().ravel()[vectorizer.names.index(name)]


def test_rows_are_float32_of_length_one_with_words_and_pairs_of_words():
    vectorizer, matrix, _ = fit(list(made_ads(900)))
    assert matrix.dtype == np.float32
    assert len(vectorizer.vocabulary.names) == FEATURES
    assert matrix.shape == (900, len(vectorizer.names))
    assert np.allclose(np.sqrt(matrix.multiply(matrix).sum(axis=1)), 1, atol=1e-6)
    assert {"qualité", "ingénieure qualité", "Welding"} <= set(vectorizer.names)


def test_an_ad_read_again_has_the_row_of_the_matrix():
    corpus = list(made_ads(300))
    vectorizer, matrix, _ = fit(corpus)
    again = vectorizer.vectors(corpus)
    assert (again.indices == matrix.indices).all()
    assert (again.data == matrix.data).all()


def test_feminine_plural_and_accents_are_one_word():
    vectorizer, *_ = fit(ads(("Développeur", "un traducteur réseaux"), ("Infirmier", "comptables")))
    for typed in (
        "développeuses",
        "developpeuse",
        "traductrice",
        "réseau",
        "infirmière",
        "comptable",
    ):
        assert vectorizer.query([typed]).nnz == 1, typed
    assert vectorizer.query(["cariste"]).nnz == 0


def test_english_ads_are_read_as_english():
    corpus = [
        *ads(("Comptable", "la paie et les charges")),
        Ad(UUID(int=9), "Charge nurse", "charges and charging of wards", language="en"),
    ]
    vectorizer, *_ = fit(corpus)
    assert vectorizer.query(["nurses"]).nnz == 1


def test_a_word_of_the_title_counts_more_than_one_of_the_text():
    vectorizer, matrix, _ = fit(ads(("soudeuse", "cariste"), ("", "")))
    in_title, in_text = (weight(vectorizer, matrix[[0]], name) for name in ("soudeuse", "cariste"))
    assert in_title / in_text == pytest.approx(1 + np.log(IN_TITLE), abs=1e-5)


def test_a_repeated_word_counts_less_each_time():
    vectorizer, matrix, _ = fit(ads(("", "soudeuse, soudeuse, soudeuse, soudeuse, cariste")))
    four_times, once = (weight(vectorizer, matrix[[0]], name) for name in ("soudeuse", "cariste"))
    assert four_times / once == pytest.approx(1 + np.log(4), abs=1e-5)


def test_skills_count_beside_the_words():
    corpus = ads(("", "cariste"), skills=("Forklift driving",))
    vectorizer, matrix, _ = fit(corpus)
    word = weight(vectorizer, matrix, "cariste")
    assert weight(vectorizer, matrix, "Forklift driving") / word == pytest.approx(SKILL)
    unknown = corpus[0]._replace(skills=("Forklift driving", "Welding"))
    assert weight(vectorizer, vectorizer.vectors([unknown]), "Forklift driving") > 0


def share_of_levain(vectorizer, ad: Ad) -> float:
    row = vectorizer.vectors([ad])
    return weight(vectorizer, row, "levain") / weight(vectorizer, row, "cuisson")


def test_what_an_employer_says_in_all_its_ads_counts_for_nothing():
    said = "Maison fondée à Dole."
    texts = [f"{said} {job}" for job in ("soudure", "paie", "levain", "levain et cuisson")]
    corpus = [Ad(UUID(int=number), "", text, employer=7) for number, text in enumerate(texts)]
    vectorizer, matrix, _ = fit([*corpus, Ad(UUID(int=99), "", said, employer=8)])
    assert weight(vectorizer, matrix[[0]], "maison") == 0
    assert weight(vectorizer, matrix[[4]], "maison") > 0, "another employer"
    assert share_of_levain(vectorizer, corpus[3]) < share_of_levain(
        vectorizer, corpus[3]._replace(employer=None)
    )
    title = corpus[0]._replace(title="Maison")
    assert weight(vectorizer, vectorizer.vectors([title]), "maison") > 0, (
        "what a title says is meant"
    )


def test_few_ads_of_an_employer_tell_nothing():
    corpus = [Ad(UUID(int=n), "", "maison fondée", employer=7) for n in range(3)]
    vectorizer, matrix, _ = fit(corpus)
    assert weight(vectorizer, matrix[[0]], "maison") > 0


def test_rare_pairs_make_room_for_rare_words(monkeypatch):
    monkeypatch.setattr("ml.vocabulary.FEATURES", 3)
    vectorizer, *_ = fit(ads(("", "levain doux"), ("", "levain doux"), ("", "cariste")))
    assert vectorizer.names == ["cariste", "doux", "levain"]


def test_short_forms_written_out_count_beside_what_was_typed():
    vectorizer, *_ = fit(ads(("", "rh ressources humaines")))
    row = vectorizer.query(["rh"], ["ressources", "humaines"])
    beside = weight(vectorizer, row, "ressources") / weight(vectorizer, row, "rh")
    assert beside == pytest.approx(WRITTEN_OUT)


def test_one_ad_is_enough():
    vectorizer, matrix, _ = fit(ads(("Boulanger à Dole", "")))
    assert matrix.shape == (1, 3)
    assert vectorizer.query(["boulanger"]).nnz == 1


@pytest.mark.parametrize("texts", [[], [""], ["de la, 12 €", "et le"]])
def test_nothing_to_learn_from_is_a_clear_error(texts):
    with pytest.raises(EmptyCorpus, match="no ad with a word"):
        fit(ads(*(("", text) for text in texts)))
