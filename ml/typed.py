"""Words as people type them: typos, words begun, short forms, phrases, and what they do not want."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ml.stems import without_accents
from ml.suggest import LAST
from ml.text import tokens

# What an ad writes out, and few who look for it.
SHORT_FORMS = {
    "admin sys": "administrateur systèmes",
    "bi": "business intelligence",
    "cdg": "contrôleur de gestion",
    "compta": "comptable comptabilité",
    "cp": "chef de projet",
    "dba": "database administrator",
    "dev": "développeur developer",
    "drh": "directeur des ressources humaines",
    "hr": "human resources",
    "ia": "intelligence artificielle",
    "ide": "infirmier diplômé d'état",
    "ml": "machine learning",
    "po": "product owner",
    "raf": "responsable administratif et financier",
    "rh": "ressources humaines",
    "rrh": "responsable ressources humaines",
    "sre": "site reliability engineer",
    "ux": "user experience",
}
# Of the letters that may be wrong: one in a word of four, two in one of eight.
SHORTEST, LETTERS_A_FAULT, MOST_FAULTS = 4, 4, 2
MOST_MENDED = 10  # words of one text: for each, all known words are looked through
LIKELY = 20  # candidates of which the one that most ads say is meant

_UNWANTED = re.compile(r"(?:^|(?<=\s))-(?=\w)(\S+)")
# What stays as it was typed, phrases and unwanted words, when a typo beside it is mended.
_KEPT = r"""(?:(?:^|(?<=\s))-)?["«“][^"»”]*["»”]|(?:^|(?<=\s))-(?=\w)\S+"""
_PHRASE = re.compile(r"""((?:^|(?<=\s))-)?["«“]([^"»”]*)["»”]""")


@dataclass(frozen=True)
class Typed:
    """`words` are to be looked for, `written_out` beside short forms among them. The words of each of
    the `phrases` have to stand in an ad one behind the other; `unwanted` words and phrases may not be
    in it. `did_you_mean` is the text without its typos, None where none was found."""

    words: Sequence[str]
    written_out: Sequence[str]
    unwanted: Sequence[str]
    phrases: Sequence[Sequence[str]]
    unwanted_phrases: Sequence[Sequence[str]]
    did_you_mean: str | None


class Speller:
    """Knows the words that count, most often met ones first, and mends others by them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._known = frozenset(words)
        self._plain = {}
        for word in words:
            self._plain.setdefault(without_accents(word), word)
        self._rank = {plain: rank for rank, plain in enumerate(self._plain)}
        self._sorted = sorted(self._plain)

    def mended(self, word: str) -> str | None:
        """The known word that is meant: one that begins with it, else one that is near. None where it
        is known itself or none is near.

        Near by optimal string alignment: letters that are missing, too many, other ones, or two
        that changed places. Accents are no fault.
        """
        faults = min(len(word) // LETTERS_A_FAULT, MOST_FAULTS)
        if word in self._known or len(word) < SHORTEST or any(map(str.isdigit, word)):
            return None
        plain = without_accents(word)
        if begun := self._beginning(plain):
            return self._plain[min(begun, key=self._rank.__getitem__)]
        near = extract(
            plain, self._plain.keys(), scorer=OSA.distance, score_cutoff=faults, limit=LIKELY
        )
        # the first letter is seldom wrong; of those as near, the one met most, which stands first
        ranked = sorted(near, key=lambda found: (found[1], found[0][0] != plain[0], found[2]))
        return self._plain[ranked[0][0]] if ranked else None

    def _beginning(self, plain: str) -> list[str]:
        begin, end = (bisect_left(self._sorted, some) for some in (plain, plain + LAST))
        return self._sorted[begin:end]


def read(text: str, known: Mapping[str, int], speller: Speller) -> Typed:
    """What a text that somebody typed asks for. `known`: words of which no typo is looked for."""
    text = unicodedata.normalize("NFC", text)
    quoted = [(minus, tokens(phrase)) for minus, phrase in _PHRASE.findall(text)]
    unquoted = _PHRASE.sub(" ", text)
    unwanted = [word for found in _UNWANTED.findall(unquoted) for word in tokens(found)]
    wanted = _UNWANTED.sub(" ", unquoted)
    phrases = [phrase for minus, phrase in quoted if phrase and not minus]
    typed = tokens(wanted)
    unknown = list(dict.fromkeys(word for word in typed if word not in known))[:MOST_MENDED]
    mended = {word: meant for word in unknown if (meant := speller.mended(word))}
    phrased = [word for phrase in phrases for word in phrase]
    mended_text = _replaced(text, mended)
    return Typed(
        words=[*phrased, *(mended.get(word, word) for word in typed)],
        written_out=_written_out(wanted),
        unwanted=unwanted,
        phrases=phrases,
        unwanted_phrases=[phrase for minus, phrase in quoted if phrase and minus],
        did_you_mean=mended_text if mended_text != text else None,
    )


def _replaced(text: str, mended: Mapping[str, str]) -> str:
    for word, meant in mended.items():
        alone = rf"({_KEPT})|(?<!\w){re.escape(word)}(?!\w)"
        text = re.sub(alone, lambda found, meant=meant: found[1] or meant, text, flags=re.I)
    return text


def _written_out(text: str) -> list[str]:
    said = f" {' '.join(text.lower().split())} "
    return [
        word for short, long in SHORT_FORMS.items() if f" {short} " in said for word in tokens(long)
    ]
