"""What goes wrong with ads on their way: texts that are spoilt, ads that cannot be used."""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import codepoint2name
from typing import Any

CUT_AT = 500  # characters, the "…" included
NAMELESS_COMPANY_SHARE = 0.007
UNUSABLE_SHARE = 0.003  # rarer in life; enough for a newcomer to see the quarantine at work


def spoil_text(rng: random.Random, text: str) -> str:
    """The text as it arrives: now and then damaged, then cut as the API cuts it."""
    for share, damage in _DAMAGES:
        if rng.random() < share:
            text = damage(rng, text)
    return text if len(text) <= CUT_AT else text[: CUT_AT - 1] + "…"


@dataclass(frozen=True)
class Mishap:
    """What happens to an ad on its way, the same at every age."""

    is_nameless: bool
    ruin: Callable[[dict], Any] | None

    def happen_to(self, ad: dict) -> Any:
        """The ad, seldom made unusable: then `results` holds something no reader can store."""
        if self.is_nameless:
            del ad["company"]["display_name"]
        return self.ruin(ad) if self.ruin else ad


def draw_mishap(rng: random.Random) -> Mishap:
    is_nameless = rng.random() < NAMELESS_COMPANY_SHARE
    return Mishap(is_nameless, rng.choice(_RUINS) if rng.random() < UNUSABLE_SHARE else None)


def _entities(rng: random.Random, text: str) -> str:
    return re.sub(r"[^\x00-\x7f]", lambda found: _entity(found[0]), text)


def _entity(character: str) -> str:
    name = codepoint2name.get(ord(character))
    return f"&{name};" if name else character


def _lost_apostrophes(rng: random.Random, text: str) -> str:
    return re.sub(r"(?<=\w)['’](?=\w)", "?", text)


def _decomposed(rng: random.Random, text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _zero_width(rng: random.Random, text: str) -> str:
    invisible = rng.choice("\u200b\u200d\ufeff")
    return re.sub(r" (?=[A-ZÀ-Þ])", f" {invisible}", text)


def _emoji(rng: random.Random, text: str) -> str:
    opener, bullet = rng.choice((("🚀 ", " ✅ "), ("👋 ", " 👉 "), ("📍 ", " ✔️ ")))
    return opener + re.sub(r" [-•;] ", bullet, text)


def _unbreakable(rng: random.Random, text: str) -> str:
    text = re.sub(r" (?=[:;!?€%])", "\u00a0", text)
    return re.sub(r"(?<=\d) (?=\d)", "\u202f", text)


def _glued(rng: random.Random, text: str) -> str:
    return re.sub(r"(?<=\w)\. (?=\w)", ".", text)


def _widened(rng: random.Random, text: str) -> str:
    return re.sub(r"(?<=[.!?]) ", "  ", text)


# Shares of the 2,632 real French ads: 11 with entities, 23 with lost characters, 3 decomposed, 8
# with zero-width characters, 37 with emoji, 219 with double spaces; the rest by rule of thumb.
# Where the real share is below 0.3 % it is raised to that, so that a small world has some.
_DAMAGES: tuple[tuple[float, Callable[[random.Random, str], str]], ...] = (
    (0.08, _widened),
    (0.02, _glued),
    (0.014, _emoji),
    (0.01, _lost_apostrophes),
    (0.005, _unbreakable),
    (0.004, _zero_width),
    (0.003, _decomposed),
    (0.005, _entities),
)


def _without_title(ad: dict) -> Any:
    del ad["title"]
    return ad


def _undated(ad: dict) -> Any:
    return ad | {"created": ad["created"].replace("-", "-9", 1)}


def _pay_in_words(ad: dict) -> Any:
    return ad | {"salary_min": "2 200 € brut"}


def _without_link(ad: dict) -> Any:
    del ad["redirect_url"]
    return ad


def _no_object(ad: dict) -> Any:
    return ad["id"]


_RUINS = (_without_title, _undated, _pay_in_words, _without_link, _no_object)
