"""The loops over every word of every ad where a version is made, compiled by numba as those of
`ml.nearest` are, in three seconds. Copies and sorts are written out: numba's own take five more."""

import numpy as np
from numba import njit, types

from ml.nearest import array


def plain(*arrays: np.ndarray) -> list[np.ndarray]:
    """The same arrays under numpy's own types. Those of compiled code that was read from numba's cache
    are equal ones and others, by which the files of two equal models would differ."""
    return [some.view(np.dtype(some.dtype.str)) for some in arrays]


@njit(
    types.Tuple((types.int64[::1], types.int32[::1], types.float32[::1]))(
        array(types.int32), array(types.int64), array(types.int32), array(types.int32),
        types.float32, types.float32,
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def counted(numbers, ends, pair_begins, rights, word_weight, pair_weight):
    """How often each text says each word and pair of words, times their weights, as the three arrays
    of a CSR matrix (int64, int32, float32), columns ascending.

    `numbers`, `ends`: as in Sequences, -1 for words that do not count. The pairs of the word `left`
    are `rights[pair_begins[left]:pair_begins[left + 1]]`, ascending; their columns follow the words'.
    """
    words = len(pair_begins) - 1
    sums = np.zeros(words + len(rights), np.float32)
    columns = np.empty(2 * len(numbers), np.int32)
    weights = np.empty(2 * len(numbers), np.float32)
    begins = np.zeros(len(ends) + 1, np.int64)
    found = begin = 0
    for text in range(len(ends)):
        first, left = found, -1
        for place in range(begin, ends[text]):
            word = numbers[place]
            if word >= 0:
                if sums[word] == 0:
                    columns[found] = word
                    found += 1
                sums[word] += word_weight
            if word >= 0 and left >= 0:
                pair, end = pair_begins[left], pair_begins[left + 1]
                while pair < end and rights[pair] < word:
                    pair += 1
                if pair < end and rights[pair] == word:
                    if sums[words + pair] == 0:
                        columns[found] = words + pair
                        found += 1
                    sums[words + pair] += pair_weight
            left = word
        for entry in range(first, found):
            column, place = columns[entry], entry
            while place > first and columns[place - 1] > column:
                columns[place] = columns[place - 1]
                place -= 1
            columns[place] = column
        for entry in range(first, found):
            weights[entry] = sums[columns[entry]]
            sums[columns[entry]] = 0
        begin, begins[text + 1] = ends[text], found
    return begins, columns[:found].copy(), weights[:found].copy()


@njit(
    types.void(
        array(types.int64), array(types.int32), types.float32[::1], array(types.int64),
        array(types.int64), array(types.int32), array(types.float32),
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def lighten(begins, columns, weights, rows, row_begins, row_columns, factors):
    """Multiplies the weights of each text by the factors of its row, in place; -1 is of no row. Texts
    and rows are CSR matrices, columns ascending."""
    for text in range(len(rows)):
        row = rows[text]
        if row < 0:
            continue
        place, end = row_begins[row], row_begins[row + 1]
        for entry in range(begins[text], begins[text + 1]):
            place += np.searchsorted(row_columns[place:end], columns[entry])
            if place < end and row_columns[place] == columns[entry]:
                weights[entry] *= factors[place]


@njit(
    [
        types.Tuple((number[::1], types.int64[::1]))(
            array(number), array(types.int64), array(types.int64)
        )
        for number in (types.uint8, types.uint16)
    ],
    cache=True,
    nogil=True,
)
def gathered(values, ends, rows):
    """The values of these rows one behind the other, and where each row ends."""
    new_ends, end = np.empty(len(rows), np.int64), 0
    for place in range(len(rows)):
        row = rows[place]
        end += ends[row] - (ends[row - 1] if row else 0)
        new_ends[place] = end
    together, begin = np.empty(end, values.dtype), 0
    for place in range(len(rows)):
        row = rows[place]
        for value in range(ends[row - 1] if row else 0, ends[row]):
            together[begin] = values[value]
            begin += 1
    return together, new_ends


@njit(
    types.boolean[::1](array(types.uint16), array(types.int64), array(types.uint16)),
    cache=True,
    nogil=True,
)
def saying(words, ends, phrase):
    """Of each row whether the words of the phrase stand in it, one behind the other."""
    says = np.zeros(len(ends), np.bool_)
    first = 0
    for row in range(len(ends)):
        for begin in range(first, ends[row] - len(phrase) + 1):
            matching = 0
            while matching < len(phrase) and words[begin + matching] == phrase[matching]:
                matching += 1
            if matching == len(phrase):
                says[row] = True
                break
        first = ends[row]
    return says


@njit(
    types.Tuple((types.int64[::1], types.int32[::1], types.float32[::1]))(
        array(types.int64), array(types.int32), array(types.float32), array(types.int32),
        array(types.int64), array(types.int32), array(types.float32), array(types.int32),
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def merged(begins, ads, weights, moved, new_begins, new_ads, new_weights, new_moved):
    """The postings of two indexes in one (begins, ads, weights), ads ascending within a term.

    `moved`, `new_moved`: of each ad of one and of the other its place in both together, ascending,
    -1 where it leaves.
    """
    terms = len(begins) - 1
    all_begins = np.zeros(terms + 1, np.int64)
    all_ads = np.empty(len(ads) + len(new_ads), np.int32)
    all_weights = np.empty(len(ads) + len(new_ads), np.float32)
    found = 0
    for term in range(terms):
        new, new_end = new_begins[term], new_begins[term + 1]
        for old in range(begins[term], begins[term + 1]):
            ad = moved[ads[old]]
            if ad < 0:
                continue
            while new < new_end and new_moved[new_ads[new]] < ad:
                all_ads[found], all_weights[found] = new_moved[new_ads[new]], new_weights[new]
                new += 1
                found += 1
            all_ads[found], all_weights[found] = ad, weights[old]
            found += 1
        while new < new_end:
            all_ads[found], all_weights[found] = new_moved[new_ads[new]], new_weights[new]
            new += 1
            found += 1
        all_begins[term + 1] = found
    return all_begins, all_ads[:found].copy(), all_weights[:found].copy()
