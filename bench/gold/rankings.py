"""Three ways to find ads: TF-IDF as it comes out of the box, BM25, and jobdash's own.

A ranking is the places of ads, best first; equal scores in the order of the ads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Protocol
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from ml.corpus import Ad
from ml.model import Asked, Match, build
from ml.settings import FEATURES
from ml.text import tokens

K1, B = 1.2, 0.75  # as in most search engines


class System(Protocol):
    name: str

    def search(self, text: str) -> Sequence[int]: ...

    def similar(self, place: int) -> Sequence[int]: ...


class PlainTfidf:
    name = "plain TF-IDF"

    def __init__(self, ads: Sequence[Ad]):
        self._vectorizer = TfidfVectorizer(
            max_features=FEATURES, sublinear_tf=True, analyzer=_terms, dtype=np.float32
        )
        self._matrix = csr_array(self._vectorizer.fit_transform(map(_whole, ads)))

    def search(self, text: str) -> Sequence[int]:
        return _ranked(self._matrix @ csr_array(self._vectorizer.transform([text])).T)

    def similar(self, place: int) -> Sequence[int]:
        return _ranked(self._matrix @ self._matrix[[place]].T)


class Bm25:
    """Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009."""

    name = "BM25"

    def __init__(self, ads: Sequence[Ad]):
        self._vectorizer = CountVectorizer(analyzer=tokens)
        counts = csr_array(self._vectorizer.fit_transform(map(_whole, ads)), dtype=np.float64)
        self._words = counts > 0
        ads_with = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log(1 + (len(ads) - ads_with + 0.5) / (ads_with + 0.5))
        lengths = counts.sum(axis=1)
        length = np.repeat(1 - B + B * lengths / lengths.mean(), np.diff(counts.indptr))
        counts.data = idf[counts.indices] * counts.data * (K1 + 1) / (counts.data + K1 * length)
        self._matrix = counts

    def search(self, text: str) -> Sequence[int]:
        return _ranked(self._matrix @ (csr_array(self._vectorizer.transform([text])) > 0).T)

    def similar(self, place: int) -> Sequence[int]:
        return _ranked(self._matrix @ self._words[[place]].T)


@dataclass
class Jobdash:
    ads: Sequence[Ad]
    name: str = "jobdash"

    def __post_init__(self) -> None:
        self._model = build(self.ads, batch_id=1, created=datetime(2026, 1, 8, tzinfo=UTC))
        self._places: dict[UUID, int] = {ad.job_id: place for place, ad in enumerate(self.ads)}

    def search(self, text: str) -> Sequence[int]:
        return self._ranked(self._model.search(text, Asked(len(self.ads))).matches)

    def similar(self, place: int) -> Sequence[int]:
        return self._ranked(self._model.similar(self.ads[place], Asked(len(self.ads))).matches)

    def _ranked(self, matches: Sequence[Match]) -> Sequence[int]:
        return [self._places[match.job_id] for match in matches]


def _terms(text: str) -> list[str]:
    words = tokens(text)
    return words + [" ".join(pair) for pair in pairwise(words)]


def _whole(ad: Ad) -> str:
    return f"{ad.title} {ad.text}"


def _ranked(scores: csr_array) -> NDArray[np.intp]:
    column = scores.toarray().ravel()
    return np.argsort(-column, kind="stable")[: np.count_nonzero(column)]
