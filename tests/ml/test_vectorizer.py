"""The TF-IDF matrix."""

import numpy as np
import pytest
from made_ads import made_ads

from ml.errors import EmptyCorpus
from ml.vectorizer import fit, vector


def test_rows_are_float32_of_length_one_with_words_and_pairs_of_words():
    vectorizer, matrix = fit(text for _, text in made_ads(600))
    assert matrix.dtype == np.float32
    assert matrix.shape == (600, 10_000)
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    assert np.allclose(lengths, 1, atol=1e-6)
    assert {"qualité", "ingénieure qualité"} <= vectorizer.vocabulary_.keys()


def test_columns_are_the_terms_in_alphabetical_order():
    vectorizer, _ = fit(["soudeuse cariste", "boulanger"])
    assert list(vectorizer.vocabulary_.items()) == [
        ("boulanger", 0),
        ("cariste", 1),
        ("soudeuse", 2),
        ("soudeuse cariste", 3),
    ]


def test_a_repeated_word_counts_less_each_time():
    vectorizer, _ = fit(["soudeuse", "cariste"])
    weights = vector(vectorizer, "soudeuse soudeuse soudeuse soudeuse cariste").toarray()[0]
    said_four_times = weights[vectorizer.vocabulary_["soudeuse"]]
    said_once = weights[vectorizer.vocabulary_["cariste"]]
    assert said_four_times / said_once == pytest.approx(1 + np.log(4), abs=1e-5)


def test_one_ad_is_enough():
    vectorizer, matrix = fit(["Boulanger à Dole"])
    assert matrix.shape == (1, 3)
    assert vector(vectorizer, "boulanger").nnz == 1


@pytest.mark.parametrize("texts", [[], [""], ["de la, 12 €", "et le"]])
def test_nothing_to_learn_from_is_a_clear_error(texts):
    with pytest.raises(EmptyCorpus, match="no ad with a word"):
        fit(texts)


def test_unknown_words_give_an_empty_vector():
    vectorizer, _ = fit(["Boulanger à Dole"])
    assert vector(vectorizer, "cariste").nnz == 0
