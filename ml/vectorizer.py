"""TF-IDF over fields: from ads to a sparse matrix of float32, one row of length 1 an ad.

Columns are the words and pairs of words of the vocabulary, then the skills. A word of the title counts
more than one of the text, a skill counts as such, and what an employer repeats in its ads counts
little.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfTransformer

from ml.corpus import Ad
from ml.repeated import Repeated
from ml.said import Said
from ml.sequences import Sequences, read
from ml.settings import IN_TITLE, SKILL, WRITTEN_OUT
from ml.text import tokens
from ml.vocabulary import NONE, Vocabulary, learn

LONGEST_SKILL = 4  # words


@dataclass(frozen=True, eq=False)
class Vectorizer:
    """Never written to: threads share one. `skills` are numbered by name."""

    vocabulary: Vocabulary
    skills: Mapping[str, int]
    repeated: Repeated
    weights: TfidfTransformer

    @property
    def names(self) -> list[str]:
        """Of the columns, as people read them."""
        return [*self.vocabulary.names, *self.skills]

    @property
    def width(self) -> int:
        return len(self.vocabulary.names) + len(self.skills)

    def vectors(self, ads: Sequence[Ad]) -> csr_array:
        """Ads × features; a row is all zero where an ad says nothing that counts."""
        return self.read(ads)[0]

    def read(self, ads: Sequence[Ad]) -> tuple[csr_array, Said]:
        """The vectors of the ads, and what they say word by word."""
        titles = self._columns(tokens(ad.title) for ad in ads)
        texts = self._columns(tokens(ad.text) for ad in ads)
        counted_texts = self.repeated.weighed(self.vocabulary.counted(texts), ads)
        counted = _joined(self.vocabulary.counted(titles), counted_texts, self.skills, ads)
        # scikit-learn refuses to weigh nothing
        vectors = csr_array(self.weights.transform(counted)) if ads else counted
        return vectors, Said.of(titles, texts)

    def query(self, words: Sequence[str], written_out: Sequence[str] = ()) -> csr_array:
        """1 × features, of length 1, for words that somebody typed; all zero when none is known."""
        counted = self.vocabulary.counted(self._columns([words, written_out]))
        middle = counted.indptr[1]
        weights = np.zeros(self.width, np.float32)
        weights[counted.indices[:middle]] = counted.data[:middle]
        weights[counted.indices[middle:]] += WRITTEN_OUT * counted.data[middle:]
        columns = np.flatnonzero(weights).astype(np.int32)
        # as scikit-learn weighs rows, which for a single one takes longer than finding the ads
        data = _damped(weights[columns]) * self.weights.idf_[columns].astype(np.float32)
        data /= np.sqrt(data @ data) or 1
        return csr_array((data, columns, np.int32([0, len(columns)])), shape=(1, self.width))

    def skill_column(self, name: str) -> int | None:
        """Of a skill by its name, in any case; None where no ad has it."""
        number = self._skills_in_small.get(name.casefold())
        return None if number is None else len(self.vocabulary.names) + number

    def skills_in(self, text: str) -> tuple[str, ...]:
        """The skills that a text names as such, word for word."""
        words = tokens(text)
        said = {
            tuple(words[begin : begin + length])
            for length in range(1, LONGEST_SKILL + 1)
            for begin in range(len(words) - length + 1)
        }
        return tuple(name for name, named in self._skills_by_words if named in said)

    @cached_property
    def _skills_by_words(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(name, named) for name in self.skills if (named := tuple(tokens(name)))]

    @cached_property
    def _skills_in_small(self) -> dict[str, int]:
        return {name.casefold(): number for name, number in self.skills.items()}

    def words_by_use(self) -> list[str]:
        """The words that count, those whose stem most ads have first."""
        columns = {w: c for w, c in self.vocabulary.column_of_word.items() if c != NONE}
        return sorted(columns, key=lambda word: (self.weights.idf_[columns[word]], word))

    def _columns(self, texts: Iterable[Sequence[str]]) -> Sequences:
        columns = [self.vocabulary.columns(words) for words in texts]
        ends = np.cumsum([len(some) for some in columns], dtype=np.int64)
        return Sequences(np.concatenate([np.empty(0, np.int32), *columns]), ends)


def fit(ads: Sequence[Ad]) -> tuple[Vectorizer, csr_array, Said]:
    """The fitted vectorizer, the matrix (ads × features), rows in the order of the ads, and what the
    ads say word by word.

    Raises EmptyCorpus when no ad has a word that counts.
    """
    words, read_texts = read([*(ad.title for ad in ads), *(ad.text for ad in ads)])
    titles, texts = read_texts.split(len(ads))
    vocabulary = learn(words, [titles, texts], np.array([ad.language == "en" for ad in ads]))
    columns = vocabulary.columns(words)
    titles, texts = titles.renumbered(columns), texts.renumbered(columns)
    named = sorted({skill for ad in ads for skill in ad.skills})
    skills = {skill: number for number, skill in enumerate(named)}
    counted_texts = vocabulary.counted(texts)
    repeated = Repeated.learn(counted_texts, ads)
    counted = _joined(vocabulary.counted(titles), repeated.weighed(counted_texts, ads), skills, ads)
    weights = TfidfTransformer().fit(counted)
    vectorizer = Vectorizer(vocabulary, skills, repeated, weights)
    return vectorizer, csr_array(weights.transform(counted, copy=False)), Said.of(titles, texts)


def _joined(
    titles: csr_array, texts: csr_array, skills: Mapping[str, int], ads: Sequence[Ad]
) -> csr_array:
    """All fields beside each other, before the weights of TF-IDF; without entries of no weight, as
    what an employer says in each of its ads has."""
    words = csr_array(titles * np.float32(IN_TITLE) + texts)
    _damped(words.data)
    words.resize(words.shape[0], words.shape[1] + len(skills))
    return csr_array(words + _skilled(ads, skills, words.shape))


def _damped(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """A skill said five times is not five times the skill. In place."""
    often = weights >= 1
    np.log(weights, out=weights, where=often)
    return np.add(weights, 1, out=weights, where=often)


def _skilled(ads: Sequence[Ad], skills: Mapping[str, int], shape: tuple[int, int]) -> csr_array:
    """Ads × all columns, skills in the last. One that no ad had when the vectorizer was fitted has no
    column."""
    named = np.fromiter(
        map(skills.get, chain.from_iterable(ad.skills for ad in ads), repeat(NONE)), np.int32
    )
    rows = np.repeat(np.arange(len(ads), dtype=np.int32), [len(ad.skills) for ad in ads])
    known = named != NONE
    columns = named[known] + np.int32(shape[1] - len(skills))
    # what an ad names twice it has once
    skilled = csr_array((np.ones(len(columns), np.float32), (rows[known], columns)), shape=shape)
    skilled.data[:] = SKILL
    return skilled
