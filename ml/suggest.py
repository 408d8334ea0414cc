"""Completions of what somebody has typed so far."""

from bisect import bisect_left
from collections.abc import Sequence
from heapq import nsmallest
from typing import NamedTuple

from ml.stems import without_accents

LAST = "\U0010ffff"  # behind every character


class Suggestion(NamedTuple):
    """`ads` say what was completed."""

    text: str
    ads: int


class Suggester:
    """`names` and how many `ads` have each; any case, with accents or without."""

    def __init__(self, names: Sequence[str], ads: Sequence[int]) -> None:
        most: dict[str, tuple[int, str]] = {}  # "sql" the word and "SQL" the skill are one
        for name, number in zip(names, ads, strict=True):
            if number:
                plain, ranked = _plain(name), (-number, name)
                most[plain] = min(most.get(plain, ranked), ranked)
        self._plain = sorted(most)
        self._ranked = [most[plain] for plain in self._plain]

    def complete(self, text: str, top: int) -> list[Suggestion]:
        """What most ads say first: completions of the whole text, then of its last word."""
        head, space, last = text.rpartition(" ")
        found = {_plain(name): Suggestion(name, ads) for name, ads in self._beginning(text, top)}
        if space and last and len(found) < top:
            for name, ads in self._beginning(last, top):
                whole = f"{head} {name}"
                found.setdefault(_plain(whole), Suggestion(whole, ads))
        return list(found.values())[:top]

    def _beginning(self, text: str, top: int) -> list[tuple[str, int]]:
        plain = _plain(text)
        begin, end = (bisect_left(self._plain, some) for some in (plain, plain + LAST))
        return [(name, -number) for number, name in nsmallest(top, self._ranked[begin:end])]


def _plain(text: str) -> str:
    return without_accents(text.casefold())
