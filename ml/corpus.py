"""The ads that a model is built from, in one fixed order."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

import numpy as np
import sklearn
from numpy.typing import NDArray

from ml.errors import RepeatedAd
from ml.facts import Listing
from ml.ids import as_array
from ml.settings import READING


class Ad(NamedTuple):
    """What a model reads of an ad. `employer` is the company's key, None where it is unknown;
    `skills` are names, `language` is a code such as "fr"."""

    job_id: UUID
    title: str
    text: str
    language: str | None = None
    employer: int | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Corpus:
    """`ids` (V16, ascending: PostgreSQL's `order by job_id`) and an ad for each. `listings` are all ads
    of their postings, by job_id."""

    ids: NDArray[np.void]
    ads: Sequence[Ad]
    listings: Sequence[Listing] = ()

    def sha256(self) -> str:
        """Equal to that of an earlier model when building again would give the same model.

        Covers the ads and how they are read, scikit-learn's version included: after an upgrade a
        model has to be built again although no ad changed.
        """
        digest = sha256(json.dumps([READING, sklearn.__version__], sort_keys=True).encode())
        digest.update(self.ids.tobytes())
        for told in (*(ad[1:] for ad in self.ads), *self.listings):
            written = json.dumps(told, ensure_ascii=False, default=str).encode()
            digest.update(len(written).to_bytes(8, "big"))
            digest.update(written)
        return digest.hexdigest()


def arrange(ads: Iterable[Ad], listings: Iterable[Listing] = ()) -> Corpus:
    """Ads in any order. Raises RepeatedAd when one stands there twice."""
    arranged = sorted(ads, key=lambda ad: ad.job_id.bytes)
    for ad, following in pairwise(arranged):
        if ad.job_id == following.job_id:
            raise RepeatedAd(
                f"The ad {ad.job_id} stands twice in the corpus, so no model was built. "
                "A job_id may come once: look for its copies in the table jobs."
            )
    by_id = sorted(listings, key=lambda listing: listing.job_id.bytes)
    return Corpus(as_array(ad.job_id for ad in arranged), arranged, by_id)
