"""Which words and pairs of words count, and which column each has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, get_index_dtype

from ml.counting import counted, plain
from ml.errors import EmptyCorpus
from ml.sequences import Sequences
from ml.settings import FEATURES, PAIR, PAIR_BESIDE_WORD, WORD
from ml.stems import english_stem, french_stem

NONE = -1


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`column_of_stem` has the columns of single words, from 0 on; `column_of_word` those of all
    words that were met, so that no known word is stemmed again. The pairs of words that count have the
    columns after these, by their left word and then their right one: those of the word `left` are
    `rights[pair_begins[left]:pair_begins[left + 1]]` (int32, ascending)."""

    column_of_stem: dict[str, int]
    column_of_word: dict[str, int]
    pair_begins: NDArray[np.int32]
    rights: NDArray[np.int32]
    names: list[str]  # of the columns, as most ads write them

    def __getstate__(self) -> dict[str, object]:
        """Words as one text: a mapping of them takes joblib a hundred times as long to read."""
        words, columns = "\n".join(self.column_of_word), [*self.column_of_word.values()]
        state = {field.name: getattr(self, field.name) for field in fields(self)}
        return state | {"column_of_word": (words, np.array(columns, np.int32))}

    def __setstate__(self, state: dict[str, object]) -> None:
        words, columns = state["column_of_word"]
        column_of_word = dict(zip(words.split("\n"), columns.tolist(), strict=True))
        self.__dict__.update(state | {"column_of_word": column_of_word})

    def columns(self, words: Iterable[str]) -> NDArray[np.int32]:
        """Of each word, -1 where it counts for nothing."""
        return np.array([self.column(word) for word in words], dtype=np.int32)

    def counted(self, sequences: Sequences) -> csr_array:
        """Texts × words and pairs: how often each is there, by its weight; `sequences` are columns."""
        begins, columns, weights = plain(
            *counted(sequences.numbers, sequences.ends, self.pair_begins, self.rights, WORD, PAIR)
        )
        shape = (len(sequences.ends), len(self.names))
        narrowest = get_index_dtype(maxval=begins[-1])  # else columns would be widened to int64
        return csr_array((weights, columns, begins.astype(narrowest)), shape=shape)

    def forms(self, columns: Iterable[int]) -> set[str]:
        """All words that were met whose column is one of these."""
        return {word for column in columns for word in self._forms.get(column, ())}

    @cached_property
    def _forms(self) -> Mapping[int, list[str]]:
        forms = defaultdict(list)
        for word, column in self.column_of_word.items():
            forms[column].append(word)
        return forms

    def column(self, word: str) -> int:
        """-1 where the word counts for nothing."""
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
    lefts, rights = kept[codes // len(stems)], kept[codes % len(stems)]  # in this order already
    pair_begins = np.searchsorted(lefts, np.arange(len(singles) + 1))

    column_of_stem = {stem_names[stems[single]]: column for column, single in enumerate(singles)}
    column_of_word = {
        word: column_of_stem.get(stem_names[stem], NONE)
        for word, stem in zip(words, stem_of_word, strict=True)
    }
    names = _written_forms(words, sum(met), column_of_word, len(singles))
    names += [f"{names[left]} {names[right]}" for left, right in zip(lefts, rights, strict=True)]
    return Vocabulary(
        column_of_stem, column_of_word, pair_begins.astype(np.int32), rights.astype(np.int32), names
    )


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
