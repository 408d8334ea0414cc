"""The ads that a model is built from, in one fixed order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

import numpy as np
import orjson
import sklearn
from numpy.typing import NDArray

from ml.errors import RepeatedAd
from ml.facts import Listing
from ml.ids import as_array
from ml.settings import READING

AT_ONCE = 1_000  # ads that are written down together for their sum


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
        digest = sha256(orjson.dumps([READING, sklearn.__version__], option=orjson.OPT_SORT_KEYS))
        for told in (self.ads, self.listings):
            for begin in range(0, len(told), AT_ONCE):
                digest.update(orjson.dumps(list(map(tuple, told[begin : begin + AT_ONCE]))))
        return digest.hexdigest()


def arrange(ads: Iterable[Ad], listings: Iterable[Listing] = ()) -> Corpus:
    """Ads in any order. Raises RepeatedAd when one stands there twice."""
    by_job_id = attrgetter("job_id.int")
    arranged = sorted(ads, key=by_job_id)
    for ad, following in pairwise(arranged):
        if ad.job_id == following.job_id:
            raise RepeatedAd(
                f"The ad {ad.job_id} stands twice in the corpus, so no model was built. "
                "A job_id may come once: look for its copies in the table jobs."
            )
    ids = as_array(ad.job_id for ad in arranged)
    return Corpus(ids, arranged, sorted(listings, key=by_job_id))
