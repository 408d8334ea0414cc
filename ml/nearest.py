"""The inner loop of the index, compiled by numba when it is first imported on a machine: in two seconds,
which no request has to wait for, into `__pycache__`."""

import numpy as np
from numba import njit, types

# Ads whose sums are added up at a time: half a MiB, which stays in a core's own cache while postings
# are scattered over it. A quarter faster than all half a million ads at once.
BLOCK = 131_072
# So many sums are looked at by a processor at once before any is looked at alone: a search of all ads
# takes half the time.
STEP = 64


def array(of: types.Type) -> types.Array:
    """The type of an array that is read alone, as those of mapped files are."""
    return types.Array(of, 1, "C", readonly=True)


def table(of: types.Type) -> types.Array:
    """The same with rows and columns."""
    return types.Array(of, 2, "C", readonly=True)


@njit(
    types.Tuple((types.int64[::1], types.float32[::1], types.int64, types.int64[::1]))(
        array(types.int64), array(types.int32), array(types.float32), types.int64,
        array(types.int32), array(types.float32), types.int64, array(types.int64),
        array(types.uint8), types.boolean,
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def nearest(begins, ads, weights, count, terms, asked, n, excluded, allowed, is_listed):
    """The `n` best sums of weights over the asked terms, best first, equal ones in the order of ads.

    `begins`, `ads`, `weights`: the postings, `ads` ascending within a term; `count` ads in all.
    `terms`, `asked`: the query's terms and their weights. `excluded`: ads left out, ascending;
    `allowed`: of each ad whether it may come, or nothing where all may. Returns positions (int64) and
    sums (float32), both at most `n`; how many ads have a sum and may come; and, where `is_listed`,
    the positions of all these, ascending.
    """
    best, scores, found = np.empty(n, np.int64), np.empty(n, np.float32), 0
    listed = np.empty(count if is_listed else 0, np.int64)
    at, ends = begins[terms], begins[terms + 1]
    sums = np.zeros(min(BLOCK, count), np.float32)
    skip = matching = 0
    least = np.float32(0)  # what the next sum has to be above
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
        if len(allowed) > 0:
            here = allowed[first:last]
            for offset in range(len(here)):
                sums[offset] *= np.float32(here[offset])
        for begin in range(0, last - first, STEP):
            step = sums[begin : min(begin + STEP, last - first)]
            some = above = 0
            for offset in range(len(step)):
                some += step[offset] > 0
                above += step[offset] > least
            if is_listed and some > 0:
                for offset in range(len(step)):
                    if step[offset] > 0:
                        listed[matching] = first + begin + offset
                        matching += 1
            else:
                matching += some
            if above == 0:
                continue
            for offset in range(len(step)):
                score = step[offset]
                if score <= least:
                    continue
                place = min(found, n - 1)
                while place > 0 and scores[place - 1] < score:
                    scores[place], best[place] = scores[place - 1], best[place - 1]
                    place -= 1
                scores[place], best[place] = score, first + begin + offset
                found = min(found + 1, n)
                if found == n:
                    least = scores[n - 1]
        sums[:] = 0
    return best[:found], scores[:found], matching, listed[: matching if is_listed else 0]


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


@njit(
    types.boolean[::1](table(types.float32), array(types.float32), types.float32),
    cache=True,
    nogil=True,
)
def within(points, middle, most):
    """Of each column of `points` whether its squared distance to the middle is at most `most`; that of
    one that is not known, NaN, is not."""
    x, y, z = points[0], points[1], points[2]
    is_within = np.empty(len(x), np.bool_)
    for point in range(len(x)):
        squared = (x[point] - middle[0]) ** 2
        squared += (y[point] - middle[1]) ** 2
        squared += (z[point] - middle[2]) ** 2
        is_within[point] = squared <= most
    return is_within
