"""The ads that a model is built from, in one fixed order."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from uuid import UUID

import numpy as np
import sklearn
from numpy.typing import NDArray

from ml.errors import RepeatedAd
from ml.index import as_array
from ml.vectorizer import READING


@dataclass(frozen=True, eq=False)
class Corpus:
    """`ids` (V16, ascending: PostgreSQL's `order by job_id`) and one text for each."""

    ids: NDArray[np.void]
    texts: Sequence[str]

    def sha256(self) -> str:
        """Equal to that of an earlier model when building again would give the same model.

        Covers the ads and how they are read, scikit-learn's version included: after an upgrade a
        model has to be built again although no ad changed.
        """
        digest = sha256(json.dumps([READING, sklearn.__version__], sort_keys=True).encode())
        digest.update(self.ids.tobytes())
        for text in self.texts:
            written = text.encode()
            digest.update(len(written).to_bytes(8, "big"))
            digest.update(written)
        return digest.hexdigest()


def arrange(texts: Iterable[str], ids: Iterable[UUID]) -> Corpus:
    """One text an id, in any order. Raises RepeatedAd, and ValueError when the numbers differ."""
    ads = sorted(zip(ids, texts, strict=True), key=lambda ad: ad[0].bytes)
    for (job_id, _), (following, _) in pairwise(ads):
        if job_id == following:
            raise RepeatedAd(
                f"The ad {job_id} stands twice in the corpus, so no model was built. "
                "A job_id may come once: look for its copies in the table jobs."
            )
    return Corpus(as_array(job_id for job_id, _ in ads), [text for _, text in ads])
