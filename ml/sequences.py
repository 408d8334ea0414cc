"""Texts as numbers: the words of many ads in one array."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.text import tokens

CHUNK = 125_000  # texts that one thread reads at a time


@dataclass(frozen=True, eq=False)
class Sequences:
    """`numbers` (int32) are the words of all texts in their order, -1 where a word counts for
    nothing; text `i` ends before `ends[i]`."""

    numbers: NDArray[np.int32]
    ends: NDArray[np.int64]

    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.ends, prepend=0)

    def rows(self) -> NDArray[np.int32]:
        """Of each word the text that it is in."""
        return np.repeat(np.arange(len(self.ends), dtype=np.int32), self.lengths())

    def split(self, texts: int) -> tuple["Sequences", "Sequences"]:
        """The first so many texts, and the others."""
        words = int(self.ends[texts - 1]) if texts else 0
        return (
            Sequences(self.numbers[:words], self.ends[:texts]),
            Sequences(self.numbers[words:], self.ends[texts:] - words),
        )

    def expanded(self, texts: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The words of these texts one behind the other, and where those of each begin, and end."""
        lengths = self.lengths()
        begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths[texts])])
        offsets = np.repeat((self.ends - lengths)[texts] - begins[:-1], lengths[texts])
        return self.numbers[offsets + np.arange(begins[-1])], begins

    def renumbered(self, numbers: NDArray[np.int32]) -> "Sequences":
        """Each word under the number that stands at its place in `numbers`."""
        return Sequences(numbers[self.numbers], self.ends)


def read(texts: Sequence[str]) -> tuple[list[str], Sequences]:
    """The words of these texts, in the order in which they are met, and the texts by their places."""
    chunks = [texts[begin : begin + CHUNK] for begin in range(0, len(texts), CHUNK)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        parts = list(pool.map(_read, chunks))
    place: defaultdict[str, int] = defaultdict(lambda: len(place))
    numbers, ends, met = [np.empty(0, np.int32)], [np.empty(0, np.int64)], 0
    for words, sequences in parts:
        places = np.array([place[word] for word in words], dtype=np.int32)
        numbers.append(places[sequences.numbers])
        ends.append(sequences.ends + met)
        met += len(sequences.numbers)
    return list(place), Sequences(np.concatenate(numbers), np.concatenate(ends))


def _read(texts: Sequence[str]) -> tuple[list[str], Sequences]:
    """Ads repeat what stands between their spaces, so each such piece is read once, as no word reaches
    over a space: eight times the texts a second of `tokens` on each, on two cores."""
    import pyarrow  # takes a quarter of a second, and who only searches does without it
    from pyarrow import compute

    split = compute.split_pattern(pyarrow.array(texts, pyarrow.large_string()), " ")
    pieces = split.flatten().dictionary_encode()
    words, of_piece = _numbered(map(tokens, pieces.dictionary.to_pylist()))
    numbers, begins = of_piece.expanded(pieces.indices.to_numpy())
    return words, Sequences(numbers, begins[split.offsets.to_numpy()[1:]])


def _numbered(texts: Iterable[Sequence[str]]) -> tuple[list[str], Sequences]:
    place: defaultdict[str, int] = defaultdict(lambda: len(place))
    numbers: list[int] = []
    ends: list[int] = []
    for words in texts:
        numbers.extend(map(place.__getitem__, words))
        ends.append(len(numbers))
    return list(place), Sequences(np.array(numbers, np.int32), np.array(ends, np.int64))
