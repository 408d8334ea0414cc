"""What an employer says in all its ads, which presents the employer and not the job."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ml.corpus import Ad
from ml.settings import REPEATED_POWER, REPEATING_ADS


@dataclass(frozen=True, eq=False)
class Repeated:
    """`factors` (float32) of the words and pairs that an employer has in several ads, under the codes
    (int64, ascending) `row of the employer * columns + column`."""

    employers: dict[int, int]
    codes: NDArray[np.int64]
    factors: NDArray[np.float32]

    @classmethod
    def learn(cls, texts: csr_array, ads: Sequence[Ad]) -> Self:
        """From ads × columns, for employers with as many ads as tell something.

        A word in `k` of an employer's `n` ads keeps the share `(n - k) / (n - 1)` of its weight, to
        a power: all of it in one ad, nothing in all.
        """
        met = Counter(ad.employer for ad in ads if ad.employer is not None)
        often = sorted(employer for employer, times in met.items() if times >= REPEATING_ADS)
        employers = {employer: row for row, employer in enumerate(often)}
        rows, codes = _codes(texts, ads, employers)
        codes, ads_with = np.unique(codes[rows >= 0], return_counts=True)
        codes, ads_with = codes[ads_with > 1], ads_with[ads_with > 1]
        n = np.array([met[employer] for employer in often])[codes // max(texts.shape[1], 1)]
        factors = ((n - ads_with) / (n - 1)) ** REPEATED_POWER
        return cls(employers, codes, factors.astype(np.float32))

    def weighed(self, texts: csr_array, ads: Sequence[Ad]) -> csr_array:
        """Texts of these ads, what their employers repeat made lighter."""
        rows, codes = _codes(texts, ads, self.employers)
        known = np.flatnonzero(rows >= 0)
        places = np.searchsorted(self.codes, codes[known])
        inside = places < len(self.codes)
        known, places = known[inside], places[inside]
        same = self.codes[places] == codes[known]
        weighed = texts.copy()
        weighed.data[known[same]] *= self.factors[places[same]]
        return weighed


def _codes(
    texts: csr_array, ads: Sequence[Ad], employers: dict[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each entry the row of its employer, -1 where there is none, and the code."""
    of_ads = np.array([employers.get(ad.employer, -1) for ad in ads], dtype=np.int64)
    rows = np.repeat(of_ads, np.diff(texts.indptr))
    return rows, rows * texts.shape[1] + texts.indices
