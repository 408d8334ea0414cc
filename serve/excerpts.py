"""Which part of an ad's text is shown, and what in it was asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

LONGEST = 300
READ = 3_000  # characters; few ads are longer
AHEAD = 60  # characters before the first word that was asked for

Span = tuple[int, int]


class Excerpt(NamedTuple):
    text: str
    highlights: Sequence[Span]


def spans(text: str, words: Collection[str]) -> list[Span]:
    """Where one of these words stands as a word, ascending; of two in one place the longer."""
    small = text[:READ].lower().replace("’", "'")
    if len(small) != len(text[:READ]):
        return []  # one letter became two, and places moved
    found = (span for word in words for span in _standing(small, word))
    alone: list[Span] = []
    for begin, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not alone or begin >= alone[-1][1]:
            alone.append((begin, end))
    return alone


def _standing(text: str, word: str) -> Iterator[Span]:
    begin = text.find(word)
    while begin >= 0:
        end = begin + len(word)
        if not text[max(begin - 1, 0) : begin].isalnum() and not text[end : end + 1].isalnum():
            yield begin, end
        begin = text.find(word, end)


def excerpt(text: str, found: Sequence[Span]) -> Excerpt:
    """The part with most of what was found, the first of several, at most LONGEST characters."""
    if len(text) <= LONGEST:
        return Excerpt(text, found)
    begin = _begin(text, found)
    end = begin + LONGEST - 2
    inside = text[begin:end].rstrip() if end < len(text) else text[begin:]
    ahead = "…" if begin else ""
    behind = "…" if end < len(text) else ""
    moved = begin - len(ahead)
    within = [(a - moved, b - moved) for a, b in found if begin <= a and b <= begin + len(inside)]
    return Excerpt(f"{ahead}{inside}{behind}", within)


def _begin(text: str, found: Sequence[Span]) -> int:
    """At the text's begin, or at a word some way ahead of what was found."""
    firsts, ends = [first for first, _ in found], [end for _, end in found]

    def holds(begin: int) -> int:
        return bisect_right(ends, begin + LONGEST - 2) - bisect_left(firsts, begin)

    best = max([0, *(max(first - AHEAD, 0) for first in firsts)], key=holds)
    best = min(best, max(len(text) - LONGEST + 2, 0))
    space = text.find(" ", best, best + AHEAD)
    return space + 1 if best and space >= 0 else best
