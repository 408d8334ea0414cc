"""Texts as numbers: the words of many ads in one array."""

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor
from numpy.typing import NDArray

from ml.text import tokens

CHUNK = 20_000  # texts that one process reads at a time


@dataclass(frozen=True, eq=False)
class Sequences:
    """`numbers` (int32) are the words of all texts in their order, -1 where a word counts for
    nothing; text `i` ends before `ends[i]`."""

    numbers: NDArray[np.int32]
    ends: NDArray[np.int64]

    def rows(self) -> NDArray[np.int32]:
        """Of each word the text that it is in."""
        lengths = np.diff(self.ends, prepend=0)
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    def split(self, texts: int) -> tuple["Sequences", "Sequences"]:
        """The first so many texts, and the others."""
        words = int(self.ends[texts - 1]) if texts else 0
        return (
            Sequences(self.numbers[:words], self.ends[:texts]),
            Sequences(self.numbers[words:], self.ends[texts:] - words),
        )

    def renumbered(self, numbers: NDArray[np.int32]) -> "Sequences":
        """Each word under the number that stands at its place in `numbers`."""
        return Sequences(numbers[self.numbers], self.ends)


def read(texts: Sequence[str]) -> tuple[list[str], Sequences]:
    """The words of these texts, in the order in which they are met, and the texts by their places.

    Many texts are read by as many processes as there are cores: finding the words takes most of
    the time of a model.
    """
    chunks = [texts[begin : begin + CHUNK] for begin in range(0, len(texts), CHUNK)]
    parts = _read_all(chunks)
    place: defaultdict[str, int] = defaultdict(lambda: len(place))
    numbers, ends, met = [np.empty(0, np.int32)], [np.empty(0, np.int64)], 0
    for words, sequences in parts:
        places = np.array([place[word] for word in words], dtype=np.int32)
        numbers.append(places[sequences.numbers])
        ends.append(sequences.ends + met)
        met += len(sequences.numbers)
    return list(place), Sequences(np.concatenate(numbers), np.concatenate(ends))


def _read_all(chunks: Sequence[Sequence[str]]) -> list[tuple[list[str], Sequences]]:
    jobs = min(len(chunks), os.cpu_count() or 1)
    if jobs <= 1:
        return [_read(chunk) for chunk in chunks]
    try:
        return Parallel(n_jobs=jobs)(delayed(_read)(chunk) for chunk in chunks)
    finally:
        get_reusable_executor().shutdown()  # it would hold its processes for minutes


def _read(texts: Sequence[str]) -> tuple[list[str], Sequences]:
    place: defaultdict[str, int] = defaultdict(lambda: len(place))
    numbers: list[int] = []
    ends: list[int] = []
    for text in texts:
        numbers.extend(map(place.__getitem__, tokens(text)))
        ends.append(len(numbers))
    return list(place), Sequences(np.array(numbers, np.int32), np.array(ends, np.int64))
