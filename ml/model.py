"""A model of the ads: which are nearest to a text."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sklearn.feature_extraction.text import TfidfVectorizer

from ml.corpus import arrange
from ml.index import Index
from ml.manifest import LIBRARIES, Manifest
from ml.vectorizer import READING, fit, vector


@dataclass(frozen=True)
class Match:
    job_id: UUID
    score: float


@dataclass(frozen=True, eq=False)
class Model:
    """Never written to: threads share one."""

    vectorizer: TfidfVectorizer
    index: Index
    manifest: Manifest

    def similar_to_text(self, text: str, n: int, exclude: Collection[UUID] = ()) -> list[Match]:
        """The `n` nearest ads by cosine (above 0, at most 1), best first; equal ones by job_id.

        Fewer when fewer share a word with the text, none when no word of it is known.
        """
        query = vector(self.vectorizer, text)
        positions, scores = self.index.top(query, n, self.index.positions(exclude))
        return [
            Match(self.index.id(position), float(score))
            for position, score in zip(positions, scores, strict=True)
        ]


def build(
    texts: Iterable[str],
    ids: Sequence[UUID],
    *,
    batch_id: int,
    created: datetime,
    parent: str | None = None,
) -> Model:
    """Learns from one text an id; the same ads in any order give the same model, byte for byte.

    Raises EmptyCorpus, RepeatedAd, and ValueError when there are not as many texts as ids.
    """
    corpus = arrange(texts, ids)
    vectorizer, matrix = fit(corpus.texts)
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
