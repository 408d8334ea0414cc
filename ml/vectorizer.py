"""TF-IDF: from texts to a sparse matrix of float32, one row of length 1 an ad."""

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from ml.errors import EmptyCorpus
from ml.text import FINGERPRINT, terms

SETTINGS = {
    "max_features": 10_000,
    "norm": "l2",
    # A skill said five times is not five times the skill. Measured, it hardly matters: of the ten
    # nearest 65.0 % are of the same trade with it and 64.7 % without (1,049 ads), 47.6 and 48.1 %
    # of the same category (623 other ads).
    "sublinear_tf": True,
}
# Models with the same entries read a text alike.
READING = {**SETTINGS, "ngrams": [1, 2], "analyzer": FINGERPRINT}


def fit(texts: Iterable[str]) -> tuple[TfidfVectorizer, csr_array]:
    """The fitted vectorizer and the matrix (texts × at most 10,000 features); rows in the order of
    the texts, all zero for a text without a word that counts.

    Raises EmptyCorpus when no text has one.
    """
    # `terms` as the analyzer, not the tokenizer: with a tokenizer scikit-learn keeps an address of
    # this process in the vectorizer, and no two files of one model would be alike.
    vectorizer = TfidfVectorizer(**SETTINGS, analyzer=terms, dtype=np.float32)
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError as error:
        if "empty vocabulary" not in str(error):
            raise
        raise EmptyCorpus(
            "There is no ad with a word to learn from, so no model was built. "
            "Look at what the enrich stage left in the table jobs."
        ) from error
    # scikit-learn leaves NumPy scalars in the order of the corpus: slow to look up and to unpickle.
    columns = sorted(vectorizer.vocabulary_.items())
    vectorizer.vocabulary_ = {term: int(column) for term, column in columns}
    return vectorizer, csr_array(matrix)


def vector(vectorizer: TfidfVectorizer, text: str) -> csr_array:
    """1 × features, float32, of length 1, or all zero when no word of the text is known."""
    return csr_array(vectorizer.transform([text]))
