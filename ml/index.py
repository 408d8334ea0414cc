"""Exact nearest ads by cosine, through an inverted index."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from ml.nearest import nearest, parts

ID = np.dtype("V16")  # the 16 bytes of a UUID


class Index:
    """For every term the ads that have it (its postings, a column of a CSC matrix), so that a query
    reads the postings of its own terms and no more. Never written to: threads and, through mapped
    files, processes share one.

    `matrix`: ads × features, no negative weights, every row of length 1 or all zero, no entry
    twice; a CSC matrix is kept as it is. `ids`: one V16 a row, ascending.
    """

    def __init__(self, matrix: csr_array | csc_array, ids: NDArray[np.void]) -> None:
        if matrix.shape[0] != len(ids):
            raise ValueError(f"{matrix.shape[0]:,} rows need as many ids, not {len(ids):,}.")
        self.postings = matrix.tocsc()
        self.ids = ids
        # the widths that `nearest` was compiled for; those of a mapped file already
        self.postings.indices = self.postings.indices.astype(np.int32, copy=False)
        self._begins = self.postings.indptr.astype(np.int64, copy=False)

    def top(
        self, query: csr_array, n: int, exclude: Sequence[int] | NDArray[np.intp] = ()
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Positions and cosines (above 0, at most 1) of the `n` nearest ads, fewer when fewer share
        a term with the query; best first, equal ones by position. `query`: 1 × features, of length
        1; `exclude`: positions that are left out."""
        if n < 1:
            raise ValueError(f"n is the number of ads wanted, at least 1, not {n}.")
        positions, scores = nearest(
            self._begins,
            self.postings.indices,
            self.postings.data,
            len(self.ids),
            query.indices.astype(np.int32, copy=False),
            query.data.astype(np.float32, copy=False),
            min(n, len(self.ids)),
            np.sort(np.asarray(exclude, dtype=np.int64)),
        )
        # float32 adds up to 1.0000001 for an ad and itself.
        return positions, np.minimum(scores, np.float32(1))

    def parts(self, query: csr_array, positions: NDArray[np.intp]) -> NDArray[np.float32]:
        """Positions × the query's terms (`query.indices`): what each adds to the cosine."""
        return parts(
            self._begins,
            self.postings.indices,
            self.postings.data,
            np.asarray(positions, dtype=np.int64),
            query.indices.astype(np.int32, copy=False),
            query.data.astype(np.float32, copy=False),
        )

    def with_any(self, terms: Sequence[int] | NDArray[np.integer]) -> NDArray[np.intp]:
        """Positions, ascending, of the ads that have one of these terms."""
        begins, ads = self._begins, self.postings.indices
        return np.unique(
            np.concatenate(
                [np.empty(0, np.int32), *(ads[begins[term] : begins[term + 1]] for term in terms)]
            )
        ).astype(np.intp)

    def positions(self, ids: Iterable[UUID]) -> NDArray[np.intp]:
        """The rows of these ads; unknown ones are passed over."""
        wanted = as_array(ids)
        places = np.searchsorted(self.ids, wanted)
        inside = places < len(self.ids)
        places, wanted = places[inside], wanted[inside]
        return places[self.ids[places] == wanted]

    def id(self, position: int) -> UUID:
        return UUID(bytes=self.ids[position].tobytes())


def as_array(ids: Iterable[UUID]) -> NDArray[np.void]:
    return np.frombuffer(b"".join(one.bytes for one in ids), dtype=ID)
