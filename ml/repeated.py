"""What an employer says in all its ads, which presents the employer and not the job."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from ml.corpus import Ad
from ml.counting import lighten
from ml.settings import REPEATED_POWER, REPEATING_ADS

NOBODY = np.iinfo(np.int64).min


@dataclass(frozen=True, eq=False)
class Repeated:
    """`factors` (float32, employers × columns) of the words and pairs that an employer has in several
    ads; all others keep their weight. `employers` (int64, ascending): whose the rows are."""

    employers: NDArray[np.int64]
    factors: csr_array

    @classmethod
    def learn(cls, texts: csr_array, ads: Sequence[Ad]) -> Self:
        """From ads × columns, for employers with as many ads as tell something.

        A word in `k` of an employer's `n` ads keeps the share `(n - k) / (n - 1)` of its weight, to
        a power: all of it in one ad, nothing in all.
        """
        met = Counter(ad.employer for ad in ads if ad.employer is not None)
        often = sorted(employer for employer, times in met.items() if times >= REPEATING_ADS)
        employers = np.array(often, np.int64)
        rows = _rows(ads, employers)
        theirs = np.flatnonzero(rows >= 0)
        shape = (len(often), len(ads))
        is_of = csr_array((np.ones(len(theirs), np.int32), (rows[theirs], theirs)), shape=shape)
        says = csr_array((np.ones_like(texts.indices), texts.indices, texts.indptr), texts.shape)
        ads_with = coo_array(is_of @ says)
        several = ads_with.data > 1
        k, row, column = (some[several] for some in (ads_with.data, *ads_with.coords))
        n = np.array([met[employer] for employer in often], np.int64)[row]
        factors = (((n - k) / (n - 1)) ** REPEATED_POWER).astype(np.float32)
        by_employer = csr_array((factors, (row, column)), (len(often), texts.shape[1]))
        by_employer.indices = by_employer.indices.astype(np.int32, copy=False)
        return cls(employers, by_employer)

    def weighed(self, texts: csr_array, ads: Sequence[Ad]) -> csr_array:
        """Texts of these ads, what their employers repeat made lighter."""
        weights = texts.data.copy()
        lighten(
            texts.indptr.astype(np.int64, copy=False),
            texts.indices.astype(np.int32, copy=False),
            weights,
            _rows(ads, self.employers),
            self.factors.indptr.astype(np.int64, copy=False),
            self.factors.indices,
            self.factors.data,
        )
        return csr_array((weights, texts.indices, texts.indptr), texts.shape)


def _rows(ads: Sequence[Ad], employers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each ad the row of its employer, -1 where there is none."""
    theirs = np.array([NOBODY if ad.employer is None else ad.employer for ad in ads], np.int64)
    rows = np.searchsorted(employers, theirs)
    known = np.append(employers, NOBODY)[rows] == theirs
    return np.where(known & (theirs != NOBODY), rows, -1)
