"""How ads are read and weighed: all of it, in one place.

The weights are those of the best nDCG among three dozen, on searches and source ads that people
judged (`make quality`). The title and the skills matter most. The category of the source was left
out: it changed nothing, and half of all ads share one.
"""

from hashlib import sha256
from inspect import getsource

from ml import stems, text

FEATURES = 10_000  # words and pairs of words that count
# A word and its pairs share what they say. When the features are chosen, a pair has to be met this
# much more often than a word, which keeps rare words findable.
PAIR_BESIDE_WORD = 0.5

WORD, PAIR = 1.0, 0.4
IN_TITLE = 5.0  # times a word of the text
SKILL = 1.5
WRITTEN_OUT = 0.5  # of a short form that somebody typed

# What an employer says in all its ads presents the employer and not the job.
REPEATED_POWER = 2
REPEATING_ADS = 4  # the fewest that tell

# When vocabulary and weights are fitted anew: after a fifth of the ads changed, or where new ads say a
# quarter more words that the vocabulary lacks. Fewer words than these tell nothing.
REFIT_AFTER_CHANGED, REFIT_AFTER_UNKNOWN, REFIT_FEWEST_WORDS = 0.2, 1.25, 10_000

# Changes when a text would be read otherwise; two models with different ones do not compare.
_READ_BY = sha256("".join((text.FINGERPRINT, getsource(stems))).encode()).hexdigest()

# Models with the same entries read an ad alike.
READING: dict[str, object] = {
    "max_features": FEATURES,
    "pair_beside_word": PAIR_BESIDE_WORD,
    "weights": {"word": WORD, "pair": PAIR, "title": IN_TITLE, "skill": SKILL},
    "repeated": {"power": REPEATED_POWER, "ads": REPEATING_ADS},
    "read_by": _READ_BY,
}
