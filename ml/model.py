"""A model of the ads: which are nearest to words that somebody types, or to another ad."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scipy.sparse import csr_array

from ml.corpus import Ad, arrange
from ml.index import Index
from ml.manifest import LIBRARIES, Manifest
from ml.settings import READING
from ml.vectorizer import Vectorizer, fit


@dataclass(frozen=True)
class Match:
    job_id: UUID
    score: float


@dataclass(frozen=True, eq=False)
class Model:
    """Never written to: threads share one.

    All answers are the nearest ads by cosine (above 0, at most 1), best first, equal ones by job_id:
    fewer than asked for when fewer share a term, none when no term is known.
    """

    vectorizer: Vectorizer
    index: Index
    manifest: Manifest

    def search(self, text: str, n: int) -> list[Match]:
        return self._nearest(self.vectorizer.query(text), n)

    def similar(self, ad: Ad, n: int, exclude: Collection[UUID] = ()) -> list[Match]:
        return self._nearest(self.vectorizer.vectors([ad]), n, exclude)

    def _nearest(self, query: csr_array, n: int, exclude: Collection[UUID] = ()) -> list[Match]:
        positions, scores = self.index.top(query, n, self.index.positions(exclude))
        return [
            Match(self.index.id(position), float(score))
            for position, score in zip(positions, scores, strict=True)
        ]


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
