"""TF-IDF over fields: from ads to a sparse matrix of float32, one row of length 1 an ad.

Columns are the words and pairs of words of the vocabulary, then the skills. A word of the title counts
more than one of the text, a skill counts as such, and what an employer repeats in its ads counts
little.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack
from sklearn.feature_extraction.text import TfidfTransformer

from ml.corpus import Ad
from ml.repeated import Repeated
from ml.sequences import Sequences, read
from ml.settings import IN_TITLE, SKILL, WRITTEN_OUT
from ml.text import tokens
from ml.vocabulary import NONE, Vocabulary, learn


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
        if not ads:
            return csr_array((0, self.width), dtype=np.float32)
        titles, texts = (
            _counted(self.vocabulary, self._columns(map(tokens, some)))
            for some in ([ad.title for ad in ads], [ad.text for ad in ads])
        )
        counted = _joined(titles, self.repeated.weighed(texts, ads), self.skills, ads)
        return csr_array(self.weights.transform(counted))

    def query(self, words: Sequence[str], written_out: Sequence[str] = ()) -> csr_array:
        """1 × features, of length 1, for words that somebody typed; all zero when none is known."""
        counted = _counted(self.vocabulary, self._columns([words, written_out]))
        joined = _damped(csr_array(counted[[0]] + WRITTEN_OUT * counted[[1]]))
        joined.resize(1, self.width)
        return csr_array(self.weights.transform(joined))

    def unknown_words(self, ads: Sequence[Ad]) -> tuple[int, int]:
        """How many words these ads say, and how many of them have no column."""
        columns = [self.vocabulary.columns(tokens(f"{ad.title} {ad.text}")) for ad in ads]
        words = sum(map(len, columns))
        return words, sum(int((some == NONE).sum()) for some in columns)

    def skill_column(self, name: str) -> int | None:
        """Of a skill by its name, in any case; None where no ad has it."""
        number = self._skills_in_small.get(name.casefold())
        return None if number is None else len(self.vocabulary.names) + number

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


def fit(ads: Sequence[Ad]) -> tuple[Vectorizer, csr_array]:
    """The fitted vectorizer and the matrix (ads × features), rows in the order of the ads.

    Raises EmptyCorpus when no ad has a word that counts.
    """
    words, read_texts = read([*(ad.title for ad in ads), *(ad.text for ad in ads)])
    titles, texts = read_texts.split(len(ads))
    vocabulary = learn(words, [titles, texts], np.array([ad.language == "en" for ad in ads]))
    columns = vocabulary.columns(words)
    counted_titles, counted_texts = (
        _counted(vocabulary, some.renumbered(columns)) for some in (titles, texts)
    )
    repeated = Repeated.learn(counted_texts, ads)
    named = sorted({skill for ad in ads for skill in ad.skills})
    skills = {skill: number for number, skill in enumerate(named)}
    counted = _joined(counted_titles, repeated.weighed(counted_texts, ads), skills, ads)
    weights = TfidfTransformer().fit(counted)
    vectorizer = Vectorizer(vocabulary, skills, repeated, weights)
    return vectorizer, csr_array(weights.transform(counted, copy=False))


def _counted(vocabulary: Vocabulary, sequences: Sequences) -> csr_array:
    """Texts × words and pairs: how often each is there, by its weight."""
    rows, columns, weights = vocabulary.entries(sequences)
    shape = (len(sequences.ends), len(vocabulary.names))
    return coo_array((weights, (rows, columns)), shape=shape).tocsr()


def _joined(
    titles: csr_array,
    texts: csr_array,
    skills: Mapping[str, int],
    ads: Sequence[Ad],
) -> csr_array:
    """All fields beside each other, before the weights of TF-IDF."""
    parts = (
        _damped(csr_array(titles * np.float32(IN_TITLE) + texts)),
        _skilled(ads, skills),
    )
    joined = csr_array(hstack(parts, format="csr"))
    joined.eliminate_zeros()  # what an employer says in each of its ads
    return joined


def _damped(counted: csr_array) -> csr_array:
    """A skill said five times is not five times the skill."""
    often = counted.data >= 1
    counted.data[often] = 1 + np.log(counted.data[often])
    return counted


def _skilled(ads: Sequence[Ad], skills: Mapping[str, int]) -> csr_array:
    """Ads × skills. One that no ad had when the vectorizer was fitted has no column."""
    known = [[skills[name] for name in dict.fromkeys(ad.skills) if name in skills] for ad in ads]
    ends = np.cumsum([0, *map(len, known)])
    columns = np.array([number for numbers in known for number in numbers], dtype=np.int32)
    weights = np.full(len(columns), SKILL, dtype=np.float32)
    return csr_array((weights, columns, ends), shape=(len(ads), len(skills)))
