"""Words as people type them: typos, short forms, and what they do not want."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ml.stems import without_accents
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
LIKELY = 20  # candidates of which the one that most ads say is meant

_UNWANTED = re.compile(r"(?:^|(?<=\s))-(?=\w)(\S+)")


@dataclass(frozen=True)
class Typed:
    """`words` are to be looked for, `written_out` beside short forms among them; `unwanted` may not
    be in an ad. `did_you_mean` is the text without its typos, None where none was found."""

    words: Sequence[str]
    written_out: Sequence[str]
    unwanted: Sequence[str]
    did_you_mean: str | None


class Speller:
    """Knows the words that count, most often met ones first, and mends others by them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._known = frozenset(words)
        self._plain = {}
        for word in words:
            self._plain.setdefault(without_accents(word), word)

    def mended(self, word: str) -> str | None:
        """The known word that is meant; None where it is known itself or none is near.

        Near by optimal string alignment: letters that are missing, too many, other ones, or two
        that changed places. Accents are no fault.
        """
        faults = min(len(word) // LETTERS_A_FAULT, MOST_FAULTS)
        if word in self._known or len(word) < SHORTEST or any(map(str.isdigit, word)):
            return None
        plain = without_accents(word)
        near = extract(
            plain, self._plain.keys(), scorer=OSA.distance, score_cutoff=faults, limit=LIKELY
        )
        # the first letter is seldom wrong; of those as near, the one met most, which stands first
        ranked = sorted(near, key=lambda found: (found[1], found[0][0] != plain[0], found[2]))
        return self._plain[ranked[0][0]] if ranked else None


def read(text: str, known: Mapping[str, int], speller: Speller) -> Typed:
    """What a text that somebody typed asks for. `known`: words of which no typo is looked for."""
    unwanted = [word for found in _UNWANTED.findall(text) for word in tokens(found)]
    wanted = _UNWANTED.sub(" ", text)
    words, mended_text = [], text
    for word in tokens(wanted):
        mended = None if word in known else speller.mended(word)
        if mended:
            mended_text = re.sub(
                rf"(?<!\w){re.escape(word)}(?!\w)", mended, mended_text, flags=re.I
            )
        words.append(mended or word)
    return Typed(
        words=words,
        written_out=_written_out(wanted),
        unwanted=unwanted,
        did_you_mean=mended_text if mended_text != text else None,
    )


def _written_out(text: str) -> list[str]:
    said = f" {' '.join(text.lower().split())} "
    return [
        word for short, long in SHORT_FORMS.items() if f" {short} " in said for word in tokens(long)
    ]
