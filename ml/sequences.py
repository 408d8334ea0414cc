"""Texts as numbers: the words of many ads in one array."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.text import tokens


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

    def renumbered(self, numbers: NDArray[np.int32]) -> "Sequences":
        """Each word under the number that stands at its place in `numbers`."""
        return Sequences(numbers[self.numbers], self.ends)


class Reader:
    """Gives every word a number, the first that is met 0."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(lambda: len(self._numbers))

    def read(self, texts: Iterable[str]) -> Sequences:
        numbers: list[int] = []
        ends: list[int] = []
        number_of = self._numbers.__getitem__
        for text in texts:
            numbers.extend(map(number_of, tokens(text)))
            ends.append(len(numbers))
        return Sequences(np.array(numbers, dtype=np.int32), np.array(ends, dtype=np.int64))

    def words(self) -> list[str]:
        return list(self._numbers)
