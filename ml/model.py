"""A model of the ads: which are nearest to words that somebody types, or to another ad."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ml.corpus import Ad, arrange
from ml.facts import ANY, Facts, Listing, Narrowing
from ml.index import Index
from ml.manifest import LIBRARIES, Manifest
from ml.settings import READING
from ml.typed import Speller, read
from ml.vectorizer import Vectorizer, fit
from ml.vocabulary import NONE

WORDS_SAMPLED_IN = 10_000  # ads, of which it is counted how many words have no column


@dataclass(frozen=True)
class Match:
    """`terms` made the score, the largest part first: the parts add up to it."""

    job_id: UUID
    score: float
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Asked:
    """How many ads to answer with, behind how many that were shown already; what they have to be;
    and what all that match are to be counted by, names of `ml.facts.NAMED`."""

    top: int
    offset: int = 0
    narrowing: Narrowing = ANY
    skills: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """`total` postings match, of which `matches` are some, an ad of each. `did_you_mean` is what was
    searched for in place of a text with typos, else None. `facets`: by name, how many of the
    postings that match have which value."""

    matches: list[Match]
    total: int
    did_you_mean: str | None = None
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Model:
    """Never written to: threads share one.

    All answers are the nearest ads by cosine (above 0, at most 1), best first, equal ones by job_id:
    fewer than asked for when fewer share a term, none when no term is known.
    """

    vectorizer: Vectorizer
    index: Index
    facts: Facts
    manifest: Manifest

    def search(self, text: str, asked: Asked) -> Answer:
        """Typos are mended; an ad that has a word behind a minus does not come."""
        vocabulary = self.vectorizer.vocabulary
        typed = read(text, vocabulary.column_of_word, self._speller)
        unwanted = vocabulary.columns(typed.unwanted)
        left_out = self.index.with_any(unwanted[unwanted != NONE])
        query = self.vectorizer.query(typed.words, typed.written_out)
        return replace(self._nearest(query, asked, left_out), did_you_mean=typed.did_you_mean)

    def similar(self, ad: Ad, asked: Asked, exclude: Collection[UUID] = ()) -> Answer:
        query = self.vectorizer.vectors([ad])
        return self._nearest(query, asked, self.index.positions(exclude))

    def _nearest(self, query: csr_array, asked: Asked, left_out: NDArray[np.intp]) -> Answer:
        shown = self._shown(asked)
        allowed = None if shown is None else self._rows_of(shown)
        wanted = asked.offset + asked.top
        nearest = self.index.top(query, wanted, left_out, allowed)
        positions, scores = nearest.positions[asked.offset :], nearest.scores[asked.offset :]
        parts = self.index.parts(query, positions)
        names = [self._names[term] for term in query.indices]
        ids = self._ads_of(positions, shown)
        return Answer(
            matches=[
                Match(job_id, float(score), _terms(names, of_terms))
                for job_id, score, of_terms in zip(ids, scores, parts, strict=True)
            ],
            total=nearest.matching,
            facets=self._facets(query, asked, left_out, shown, allowed),
        )

    def _facets(
        self,
        query: csr_array,
        asked: Asked,
        left_out: NDArray[np.intp],
        shown: NDArray[np.intp] | None,
        allowed: NDArray[np.bool_] | None,
    ) -> dict[str, dict[str, int]]:
        if not asked.facets:
            return {}
        places = self._first_of(self.index.matching(query, left_out, allowed), shown)
        return {name: self.facts.count(name, places) for name in asked.facets}

    def _shown(self, asked: Asked) -> NDArray[np.intp] | None:
        """Places among the facts of the ads that may come; None for all."""
        if not asked.narrowing and not asked.skills:
            return None
        places = self.facts.inside(asked.narrowing)
        for skill in asked.skills:
            column = self.vectorizer.skill_column(skill)
            having = np.zeros(len(self.index.ids), bool)
            if column is not None:
                having[self.index.with_any([column])] = True
            places = places[having[self.facts.rows[places]]]
        return places

    def _rows_of(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        rows = np.zeros(len(self.index.ids), bool)
        rows[self.facts.rows[places]] = True
        return rows

    def _first_of(self, rows: NDArray[np.intp], shown: NDArray[np.intp] | None) -> NDArray[np.intp]:
        """Of each posting the place of its first ad that may come."""
        if shown is None:
            return np.searchsorted(self.facts.rows, rows)
        return shown[np.searchsorted(self.facts.rows[shown], rows)]

    def _ads_of(self, rows: NDArray[np.intp], shown: NDArray[np.intp] | None) -> list[UUID]:
        return [
            UUID(bytes=self.facts.ids[place].tobytes()) for place in self._first_of(rows, shown)
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
    ads: Iterable[Ad],
    listings: Iterable[Listing] = (),
    *,
    batch_id: int,
    created: datetime,
    parent: str | None = None,
) -> Model:
    """Learns from the ads, and knows of them what the listings say; the same ones in any order give
    the same model, byte for byte.

    Raises EmptyCorpus and RepeatedAd.
    """
    corpus = arrange(ads, listings)
    vectorizer, matrix = fit(corpus.ads)
    sample = corpus.ads[:: max(len(corpus.ads) // WORDS_SAMPLED_IN, 1)]
    words, unknown = vectorizer.unknown_words(sample)
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
        fit={"ads": matrix.shape[0], "words": words, "unknown": unknown},
        since_fit={"changed": 0, "words": 0, "unknown": 0},
    )
    facts = Facts.gather(corpus.listings, corpus.ids)
    return Model(vectorizer, Index(matrix, corpus.ids), facts, manifest)
