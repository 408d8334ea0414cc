"""Which words and pairs of words count, and which column each has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.errors import EmptyCorpus
from ml.sequences import Sequences
from ml.settings import FEATURES, PAIR, PAIR_BESIDE_WORD, WORD
from ml.stems import english_stem, french_stem

NONE = -1


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`column_of_stem` has the columns of single words, from 0 on; `column_of_word` those of all
    words that were met, so that no known word is stemmed again. `pairs` (int64, ascending) are
    `left * words + right` of the pairs that count, whose columns follow those of the words."""

    column_of_stem: dict[str, int]
    column_of_word: dict[str, int]
    pairs: NDArray[np.int64]
    names: list[str]  # of the columns, as most ads write them

    def columns(self, words: Iterable[str]) -> NDArray[np.int32]:
        """Of each word, -1 where it counts for nothing."""
        return np.array([self._column(word) for word in words], dtype=np.int32)

    def entries(
        self, sequences: Sequences
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
        """Rows, columns and weights of the words and pairs of texts; `sequences` are columns."""
        words, rows = sequences.numbers, sequences.rows()
        counts = words != NONE
        codes, rows_of_pairs = _neighbours(sequences, len(self.column_of_stem))
        places = np.searchsorted(self.pairs, codes)
        places[places == len(self.pairs)] = 0
        is_pair = self.pairs[places] == codes if len(self.pairs) else np.zeros(len(codes), bool)
        pairs = (places[is_pair] + len(self.column_of_stem)).astype(np.int32)
        weights = np.repeat(np.float32([WORD, PAIR]), [counts.sum(), len(pairs)])
        return (
            np.concatenate([rows[counts], rows_of_pairs[is_pair]]),
            np.concatenate([words[counts], pairs]),
            weights,
        )

    def _column(self, word: str) -> int:
        known = self.column_of_word.get(word)
        if known is None:
            # a form that no ad had: which language it is of, its stems tell
            stems = (french_stem(word), english_stem(word))
            known = next(
                (c for stem in stems if (c := self.column_of_stem.get(stem)) is not None), NONE
            )
        return known


def learn(
    words: Sequence[str], texts: Sequence[Sequences], is_english: NDArray[np.bool_]
) -> Vocabulary:
    """From the numbers of `words` in `texts`, several texts of each ad; `is_english` tells which ads
    are. Raises EmptyCorpus when there is no word."""
    if not words:
        raise EmptyCorpus(
            "There is no ad with a word to learn from, so no model was built. "
            "Look at what the enrich stage left in the table jobs."
        )
    met = [np.bincount(some.numbers, minlength=len(words)) for some in texts]
    stem_names, stem_of_word = _stems(words, _english_words(len(words), texts, is_english))
    counts = np.bincount(stem_of_word, weights=sum(met), minlength=len(stem_names))
    stems = _most(counts, stem_names, FEATURES)
    place = np.full(len(stem_names), NONE, dtype=np.int32)
    place[stems] = np.arange(len(stems), dtype=np.int32)
    stemmed = (some.renumbered(place[stem_of_word]) for some in texts)
    codes, pair_counts = np.unique(
        np.concatenate([_neighbours(some, len(stems))[0] for some in stemmed]), return_counts=True
    )

    # A pair that counts is met less often than both its words, so that they count too.
    measure = np.concatenate([counts[stems], pair_counts * PAIR_BESIDE_WORD])
    chosen = np.sort(np.lexsort((np.arange(len(measure)), -measure))[:FEATURES])
    singles = chosen[chosen < len(stems)]
    kept = np.full(len(stems), NONE, dtype=np.int64)
    kept[singles] = np.arange(len(singles))
    codes = codes[chosen[chosen >= len(stems)] - len(stems)]
    pairs = np.sort(kept[codes // len(stems)] * len(singles) + kept[codes % len(stems)])

    column_of_stem = {stem_names[stems[single]]: column for column, single in enumerate(singles)}
    column_of_word = {
        word: column_of_stem.get(stem_names[stem], NONE)
        for word, stem in zip(words, stem_of_word, strict=True)
    }
    names = _written_forms(words, sum(met), column_of_word, len(singles))
    names += [f"{names[code // len(singles)]} {names[code % len(singles)]}" for code in pairs]
    return Vocabulary(column_of_stem, column_of_word, pairs, names)


def _english_words(
    words: int, texts: Sequence[Sequences], is_english: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Words that English ads say more often, of as many words, than all others."""
    english, others = np.zeros(words), np.zeros(words)
    for some in texts:
        in_english = is_english[some.rows()]
        english += np.bincount(some.numbers[in_english], minlength=words)
        others += np.bincount(some.numbers[~in_english], minlength=words)
    return english * max(others.sum(), 1) > others * max(english.sum(), 1)


def _stems(
    words: Sequence[str], is_english: NDArray[np.bool_]
) -> tuple[list[str], NDArray[np.int32]]:
    """The stems in alphabetical order, and of each word the place of its own."""
    of_words = [
        english_stem(word) if english else french_stem(word)
        for word, english in zip(words, is_english, strict=True)
    ]
    stems = sorted(set(of_words))
    place = {stem: number for number, stem in enumerate(stems)}
    return stems, np.array([place[stem] for stem in of_words], dtype=np.int32)


def _most(counts: NDArray[np.float64], names: Sequence[str], most: int) -> NDArray[np.int64]:
    """The places of what is met most, the first of equal ones, in alphabetical order as `names` is."""
    return np.sort(np.lexsort((np.arange(len(names)), -counts))[:most])


def _neighbours(sequences: Sequences, words: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Of each word and the next one of its text that both count `left * words + right`, and the text."""
    numbers, rows = sequences.numbers, sequences.rows()
    left, right = numbers[:-1], numbers[1:]
    both = (left != NONE) & (right != NONE) & (rows[:-1] == rows[1:])
    return left[both].astype(np.int64) * words + right[both], rows[:-1][both]


def _written_forms(
    words: Sequence[str], met: NDArray[np.int64], column_of_word: dict[str, int], columns: int
) -> list[str]:
    """Of each column the word that is met most."""
    names, most = [""] * columns, [-1] * columns
    for word, times in zip(words, met.tolist(), strict=True):
        column = column_of_word[word]
        if column != NONE and (times, word) > (most[column], names[column]):
            names[column], most[column] = word, times
    return names
