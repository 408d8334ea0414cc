"""A model of the ads: which are nearest to words that somebody types, or to another ad."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ml.corpus import Ad, arrange
from ml.facts import Facts, Listing
from ml.index import Index
from ml.manifest import LIBRARIES, Manifest
from ml.narrowing import ANY, Narrowing
from ml.said import BREAK, Said
from ml.sequences import Sequences
from ml.settings import READING
from ml.suggest import Suggester, Suggestion
from ml.typed import Speller, read
from ml.vectorizer import Vectorizer, fit
from ml.vocabulary import NONE

NOBODY = np.empty(0, np.intp)


class Term(NamedTuple):
    """A word, a pair of words or a skill, what it added to a score, and its column."""

    name: str
    part: float
    column: int


@dataclass(frozen=True)
class Match:
    """`terms` made the score, the largest part first: the parts add up to it. What is known of the ad
    stands at `place` in the model's facts."""

    job_id: UUID
    score: float
    terms: tuple[Term, ...]
    place: int


@dataclass(frozen=True)
class Asked:
    """How many ads to answer with, behind how many that were shown already; what they have to be;
    and what all that match are to be counted by, names of `ml.narrowing.NAMED`."""

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
    said: Said
    facts: Facts
    manifest: Manifest

    def search(self, text: str, asked: Asked) -> Answer:
        """Typos are mended and words begun are completed. A phrase in quotation marks has to stand in
        an ad as it is, by the stems of its words and without stop words; a word or phrase behind a
        minus may not."""
        typed = read(text, self.vectorizer.vocabulary.column_of_word, self._speller)
        unwanted = [*([word] for word in typed.unwanted), *typed.unwanted_phrases]
        left_out = np.unique(np.concatenate([NOBODY, *map(self._saying, unwanted)]))
        said = [self._saying(phrase) for phrase in typed.phrases]
        query = self.vectorizer.query(typed.words, typed.written_out)
        answer = self._nearest(query, asked, left_out, said)
        return replace(answer, did_you_mean=typed.did_you_mean)

    def similar(self, ad: Ad, asked: Asked, exclude: Collection[UUID] = ()) -> Answer:
        query = self.vectorizer.vectors([ad])
        return self._nearest(query, asked, self.index.positions(exclude))

    def similar_to(self, job_id: UUID, asked: Asked) -> Answer | None:
        """As `similar` for the posting of an ad that the model itself holds; None for others."""
        place = self.facts.place(job_id)
        if place is None:
            return None
        position = int(self.facts.rows[place])
        return self._nearest(self._vector(position), asked, np.array([position]))

    def _vector(self, position: int) -> csr_array:
        """Of an ad of the index, which keeps it by terms: those that it can have are known."""
        words = self.said.row(position).astype(np.int32)
        words[words == BREAK] = NONE
        vocabulary = self.vectorizer.vocabulary
        said = vocabulary.counted(Sequences(words, np.array([len(words)], np.int64)))
        skills = np.arange(len(vocabulary.names), self.vectorizer.width, dtype=np.int32)
        return self.index.weights(position, np.concatenate([said.indices, skills]))

    def suggest(self, text: str, top: int) -> list[Suggestion]:
        return self._suggester.complete(text, top)

    def _nearest(
        self,
        query: csr_array,
        asked: Asked,
        left_out: NDArray[np.intp],
        said: Sequence[NDArray[np.intp]] = (),
    ) -> Answer:
        """`said`: for each phrase that has to stand in an ad the positions of ads where it does."""
        may = self._may(asked, said)
        nearest = self.index.top(
            query,
            asked.offset + asked.top,
            left_out,
            None if may is None else self.facts.rows_of(may),
            is_listed=bool(asked.facets),
        )
        positions, scores = (found[asked.offset :] for found in nearest[:2])
        places, counted = (
            self.facts.first_of(positions, may),
            self.facts.first_of(nearest.listed, may),
        )
        parts = self.index.parts(query, positions)
        names = [self._names[term] for term in query.indices]
        return Answer(
            matches=[
                Match(
                    self.facts.job_id(place),
                    float(score),
                    _terms(names, of_terms, query.indices),
                    place,
                )
                for place, score, of_terms in zip(places.tolist(), scores, parts, strict=True)
            ],
            total=nearest.matching,
            facets={name: self.facts.count(name, counted) for name in asked.facets},
        )

    def _may(self, asked: Asked, said: Sequence[NDArray[np.intp]]) -> NDArray[np.bool_] | None:
        """Of each ad among the facts whether it may be shown; None where all may."""
        right = self.facts.right(asked.narrowing)
        for positions in (*map(self._having, asked.skills), *said):
            is_there = np.zeros(len(self.index.ids), bool)
            is_there[positions] = True
            is_there = is_there[self.facts.rows]
            right = is_there if right is None else right & is_there
        return right

    def _having(self, skill: str) -> NDArray[np.integer]:
        column = self.vectorizer.skill_column(skill)
        return NOBODY if column is None else self.index.ads_with(column)

    def _saying(self, phrase: Sequence[str]) -> NDArray[np.intp]:
        """Of a phrase with a word that has no column no ad is known. All ads are looked through: what
        an employer says in each of its ads is not in the index."""
        columns = self.vectorizer.vocabulary.columns(phrase)
        return NOBODY if NONE in columns else self.said.saying(columns)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self.vectorizer.words_by_use())

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self._names, self.index.ads_of_terms().tolist())

    @cached_property
    def _names(self) -> list[str]:
        return self.vectorizer.names


def _terms(
    names: Sequence[str], parts: NDArray[np.float32], columns: NDArray[np.int32]
) -> tuple[Term, ...]:
    order = np.argsort(-parts, kind="stable")[: np.count_nonzero(parts)]
    said = [names[term] for term in order.tolist()]
    return tuple(map(Term, said, parts[order].tolist(), columns[order].tolist()))


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
    vectorizer, matrix, said = fit(corpus.ads)
    words, unknown = said.counts()
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
    return Model(vectorizer, Index(matrix, corpus.ids), said, facts, manifest)
