"""What ads say word by word, for phrases that have to stand in an ad as they are."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from ml.counting import saying
from ml.ragged import Ragged
from ml.sequences import Sequences

BREAK = np.uint16(2**16 - 1)


class Said(Ragged):
    """Of each ad the columns (uint16) of the words of its title, then of its text, a BREAK behind
    each, and in place of each word without a column."""

    @classmethod
    def of(cls, titles: Sequences, texts: Sequences) -> Self:
        """From the columns of as many titles as texts."""
        fields = np.empty(2 * len(titles.ends), np.int64)
        fields[0::2], fields[1::2] = titles.lengths(), texts.lengths()
        is_title = np.repeat(np.arange(len(fields)) % 2 == 0, fields)
        words = np.empty(len(is_title), np.uint16)
        words[is_title], words[~is_title] = (
            some.numbers.astype(np.uint16) for some in (titles, texts)
        )
        return cls(np.insert(words, np.cumsum(fields), BREAK), np.cumsum(fields + 1)[1::2].copy())

    def counts(self) -> tuple[int, int]:
        """How many words the ads say, and how many of them have no column."""
        breaks = 2 * len(self)
        return len(self.values) - breaks, int((self.values == BREAK).sum()) - breaks

    def saying(self, phrase: NDArray[np.integer]) -> NDArray[np.intp]:
        """Which ads say words of these columns one behind the other."""
        return np.flatnonzero(saying(self.values, self.ends, phrase.astype(np.uint16)))
