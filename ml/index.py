"""Exact nearest ads by cosine, through an inverted index."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from ml.counting import merged, plain
from ml.ids import as_array
from ml.nearest import nearest, parts

ALL = np.empty(0, np.uint8)


class Nearest(NamedTuple):
    """`matching` is how many ads share a term with the query and may come; `listed` are the positions
    of all of them, ascending, where that was asked for."""

    positions: NDArray[np.intp]
    scores: NDArray[np.float32]
    matching: int
    listed: NDArray[np.intp]


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
        self.ids = np.asarray(
            ids
        )  # a look at one of a mapped file as such takes five times as long
        # the widths that `nearest` was compiled for; those of a mapped file already
        self.postings.indices = self.postings.indices.astype(np.int32, copy=False)
        self._begins = self.postings.indptr.astype(np.int64, copy=False)

    def top(
        self,
        query: csr_array,
        n: int,
        exclude: Sequence[int] | NDArray[np.intp] = (),
        allowed: NDArray[np.bool_] | None = None,
        is_listed: bool = False,
    ) -> Nearest:
        """The `n` nearest ads, with their cosines (above 0, at most 1), fewer when fewer share a term
        with the query; best first, equal ones by position. `query`: 1 × features, of length 1;
        `exclude`: positions that are left out; `allowed`: of all ads, which may come; `is_listed`:
        whether to tell of all that match."""
        if n < 1:
            raise ValueError(f"n is the number of ads wanted, at least 1, not {n}.")
        found = nearest(
            self._begins,
            self.postings.indices,
            self.postings.data,
            len(self.ids),
            query.indices.astype(np.int32, copy=False),
            query.data.astype(np.float32, copy=False),
            min(n, len(self.ids)),
            np.sort(np.asarray(exclude, dtype=np.int64)),
            ALL if allowed is None else allowed.view(np.uint8),
            is_listed,
        )
        # float32 adds up to 1.0000001 for an ad and itself.
        return Nearest(found[0], np.minimum(found[1], np.float32(1)), *found[2:])

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

    def ads_with(self, term: int) -> NDArray[np.int32]:
        """Positions, ascending, of the ads that have this term."""
        return self.postings.indices[self._begins[term] : self._begins[term + 1]]

    def weights(self, position: int, terms: NDArray[np.integer]) -> csr_array:
        """1 × features: what an ad has of these terms, ascending; the whole vector where they are all
        that it can have."""
        ones, width = np.ones(len(terms), np.float32), self.postings.shape[1]
        asked = csr_array((ones, terms.astype(np.int32), [0, len(terms)]), (1, width))
        found = self.parts(asked, np.array([position]))[0]
        there = np.flatnonzero(found)
        return csr_array((found[there], asked.indices[there], [0, len(there)]), (1, width))

    def ads_of_terms(self) -> NDArray[np.int64]:
        """How many ads have each term."""
        return np.diff(self._begins)

    def joined(
        self, others: Self, places: NDArray[np.int32], places_of_others: NDArray[np.int32]
    ) -> Self:
        """One index of both, of as many terms: of each ad its place there, ascending, -1 where it
        leaves."""
        merged_arrays = merged(
            self._begins, self.postings.indices, self.postings.data, places,
            others._begins, others.postings.indices, others.postings.data, places_of_others,
        )  # fmt: skip
        begins, ads, weights = plain(*merged_arrays)
        stay = places >= 0
        ids = np.empty(stay.sum() + len(others.ids), self.ids.dtype)
        ids[places[stay]], ids[places_of_others] = self.ids[stay], others.ids
        shape = (len(ids), self.postings.shape[1])
        return type(self)(csc_array((weights, ads, begins), shape=shape), ids)

    def positions(self, ids: Iterable[UUID]) -> NDArray[np.intp]:
        """The rows of these ads; unknown ones are passed over."""
        wanted = as_array(ids)
        places = np.searchsorted(self.ids, wanted)
        inside = places < len(self.ids)
        places, wanted = places[inside], wanted[inside]
        return places[self.ids[places] == wanted]

    def id(self, position: int) -> UUID:
        return UUID(bytes=self.ids[position].tobytes())
