"""From a word to its stem: one for its plural, its feminine and its spelling without accents."""

import unicodedata

from nltk.stem.snowball import EnglishStemmer, FrenchStemmer

# Snowball takes the two of a trade apart: "développeuse" becomes "développ", "développeur" stays.
MASCULINE = {
    "euse": "eur",
    "trice": "teur",
    "ère": "er",
    "ienne": "ien",
    "cheffe": "chef",
}
SHORTEST = 4  # of a word that has a stem: "SAS" and "bus" are no plurals

_french, _english = FrenchStemmer(), EnglishStemmer()


def french_stem(word: str) -> str:
    """
    >>> french_stem("développeuses"), french_stem("développeur"), french_stem("chargée")
    ('developpeur', 'developpeur', 'charg')
    """
    if len(word) < SHORTEST or word.endswith("a"):  # "data", "java": no verb of the past
        return without_accents(word)
    singular = word.removesuffix("s")
    for feminine, masculine in MASCULINE.items():
        if singular.endswith(feminine):
            singular = singular.removesuffix(feminine) + masculine
            return without_accents(_french.stem(singular))
    return without_accents(_french.stem(word))


def english_stem(word: str) -> str:
    """
    >>> english_stem("engineers"), english_stem("engineering")
    ('engin', 'engin')
    """
    return without_accents(_english.stem(word)) if len(word) >= SHORTEST else without_accents(word)


def without_accents(word: str) -> str:
    """
    >>> without_accents("déjà"), without_accents("œuvre")
    ('deja', 'oeuvre')
    """
    letters = unicodedata.normalize("NFD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
