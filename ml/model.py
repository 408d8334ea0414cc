"""A model of the ads: which are nearest to words that somebody types, or to another ad."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ml.corpus import Ad, arrange
from ml.index import Index
from ml.manifest import LIBRARIES, Manifest
from ml.settings import READING
from ml.typed import Speller, read
from ml.vectorizer import Vectorizer, fit
from ml.vocabulary import NONE


@dataclass(frozen=True)
class Match:
    """`terms` made the score, the largest part first: the parts add up to it."""

    job_id: UUID
    score: float
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Answer:
    """`did_you_mean` is what was searched for in place of a text with typos, else None."""

    matches: list[Match]
    did_you_mean: str | None


@dataclass(frozen=True, eq=False)
class Model:
    """Never written to: threads share one.

    All answers are the nearest ads by cosine (above 0, at most 1), best first, equal ones by job_id:
    fewer than asked for when fewer share a term, none when no term is known.
    """

    vectorizer: Vectorizer
    index: Index
    manifest: Manifest

    def search(self, text: str, n: int) -> Answer:
        """Typos are mended; an ad that has a word behind a minus does not come."""
        vocabulary = self.vectorizer.vocabulary
        typed = read(text, vocabulary.column_of_word, self._speller)
        unwanted = vocabulary.columns(typed.unwanted)
        left_out = self.index.with_any(unwanted[unwanted != NONE])
        query = self.vectorizer.query(typed.words, typed.written_out)
        return Answer(self._nearest(query, n, left_out), typed.did_you_mean)

    def similar(self, ad: Ad, n: int, exclude: Collection[UUID] = ()) -> list[Match]:
        query = self.vectorizer.vectors([ad])
        return self._nearest(query, n, self.index.positions(exclude))

    def _nearest(self, query: csr_array, n: int, left_out: NDArray[np.intp]) -> list[Match]:
        positions, scores = self.index.top(query, n, left_out)
        parts = self.index.parts(query, positions)
        names = [self._names[term] for term in query.indices]
        return [
            Match(self.index.id(position), float(score), _terms(names, of_terms))
            for position, score, of_terms in zip(positions, scores, parts, strict=True)
        ]

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self.vectorizer.words_by_use())

    @cached_property
    def _names(self) -> list[str]:
        return self.vectorizer.names


def _terms(names: Sequence[str], parts: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-parts, kind="stable")
    return tuple((names[term], float(parts[term])) for term in order if parts[term] > 0)


def build(
    ads: Iterable[Ad], *, batch_id: int, created: datetime, parent: str | None = None
) -> Model:
    """Learns from the ads; the same ones in any order give the same model, byte for byte.

    Raises EmptyCorpus and RepeatedAd.
    """
    corpus = arrange(ads)
    vectorizer, matrix = fit(corpus.ads)
    manifest = Manifest(
        version=None,
        batch_id=batch_id,
        parent=parent,
        created=created.isoformat(),
        ads=matrix.shape[0],
        features=matrix.shape[1],
        corpus_sha256=corpus.sha256(),
        settings=READING,
        libraries=LIBRARIES,
    )
    return Model(vectorizer, Index(matrix, corpus.ids), manifest)
