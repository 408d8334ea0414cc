"""The inner loop of the index, compiled by numba when it is first imported on a machine: in two seconds,
which no request has to wait for, into `__pycache__`."""

import numpy as np
from numba import njit, types

# Ads whose sums are added up at a time: half a MiB, which stays in a core's own cache while postings
# are scattered over it. A quarter faster than all half a million ads at once.
BLOCK = 131_072


def array(of: types.Type) -> types.Array:
    """The type of an array that is read alone, as those of mapped files are."""
    return types.Array(of, 1, "C", readonly=True)


@njit(
    types.Tuple((types.int64[::1], types.float32[::1], types.int64))(
        array(types.int64), array(types.int32), array(types.float32), types.int64,
        array(types.int32), array(types.float32), types.int64, array(types.int64),
        array(types.uint8),
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def nearest(begins, ads, weights, count, terms, asked, n, excluded, allowed):
    """The `n` best sums of weights over the asked terms, best first, equal ones in the order of ads.

    `begins`, `ads`, `weights`: the postings, `ads` ascending within a term; `count` ads in all.
    `terms`, `asked`: the query's terms and their weights. `excluded`: ads left out, ascending;
    `allowed`: of each ad whether it may come, or nothing where all may.
    Returns positions (int64) and sums (float32), both at most `n`, and how many ads have a sum.
    """
    best, scores, found = np.empty(n, np.int64), np.empty(n, np.float32), 0
    at, ends = begins[terms], begins[terms + 1]
    sums = np.zeros(min(BLOCK, count), np.float32)
    skip = matching = 0
    for first in range(0, count, BLOCK):
        last = min(first + BLOCK, count)
        for term in range(len(terms)):
            place, weight = at[term], asked[term]
            end = place + np.searchsorted(ads[place : ends[term]], last)
            # unsigned numbers need no look at whether they count from the end
            for posting in range(np.uint64(place), np.uint64(end)):
                sums[np.uint64(ads[posting] - first)] += weight * weights[posting]
            at[term] = end
        while skip < len(excluded) and excluded[skip] < last:
            sums[excluded[skip] - first] = 0
            skip += 1
        for offset in range(last - first):
            score = sums[offset]
            sums[offset] = 0
            if score <= 0 or (len(allowed) > 0 and allowed[first + offset] == 0):
                continue
            matching += 1
            if found < n or score > scores[n - 1]:
                place = min(found, n - 1)
                while place > 0 and scores[place - 1] < score:
                    scores[place], best[place] = scores[place - 1], best[place - 1]
                    place -= 1
                scores[place], best[place] = score, first + offset
                found = min(found + 1, n)
    return best[:found], scores[:found], matching


@njit(
    types.float32[:, ::1](
        array(types.int64), array(types.int32), array(types.float32), array(types.int64),
        array(types.int32), array(types.float32),
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def parts(begins, ads, weights, positions, terms, asked):
    """What each asked term adds to the sum of each ad: positions × terms, float32."""
    added = np.zeros((len(positions), len(terms)), np.float32)
    for row in range(len(positions)):
        for term in range(len(terms)):
            begin, end = begins[terms[term]], begins[terms[term] + 1]
            place = begin + np.searchsorted(ads[begin:end], positions[row])
            if place < end and ads[place] == positions[row]:
                added[row, term] = asked[term] * weights[place]
    return added
