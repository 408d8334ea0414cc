"""From what an API sent to JSON text that PostgreSQL's jsonb takes."""

import json
import math
import re

import orjson

REPLACEMENT = "\ufffd"
# Deeper than anything that a source means; Python gives up at a thousand.
DEEPEST = 64
MOST_DIGITS = 4_000
# A string may break off: looking for its end from every quote in it would take the square of its length.
_STRINGS_AND_BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[][{}]', re.DOTALL)


class TooDeep(ValueError):
    """JSON that is nested deeper than it can be read."""


def parse(body: bytes) -> tuple[object, bool]:
    """What jsonb can hold of a body, and whether something was replaced: NUL, half a surrogate pair,
    infinity.

    Raises ValueError on anything that is not strict JSON in UTF-8.
    """
    return _parsed(body.decode("utf-8"))


def parse_page(body: bytes) -> tuple[object, bool]:
    """As `parse`, of an answer with many ads, of which a spoilt one takes no other with it: bytes that
    are no UTF-8, and what is nested too deeply, are replaced too."""
    text = body.decode("utf-8", "replace")
    try:
        stored, was_replaced = _parsed(text)
    except TooDeep:
        return _parsed(_without_depths(text))[0], True
    return stored, was_replaced or text.encode() != body


def to_json(value: object, without: frozenset[str] = frozenset()) -> bytes:
    """Sorted JSON, in UTF-8, of a value that `parse` gave. Raises ValueError on one nested too deeply."""
    if without and isinstance(value, dict):
        value = {name: part for name, part in value.items() if name not in without}
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # integers of more than 64 bits, and depths of more than 254
        pass
    try:
        return json.dumps(
            value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
        ).encode()
    except RecursionError:
        raise TooDeep("nested too deeply") from None


def _parsed(text: str) -> tuple[object, bool]:
    try:
        sent = json.loads(text, parse_int=_number, parse_constant=_refuse)
        stored = _storable(sent)
    except RecursionError:
        raise TooDeep("nested too deeply") from None
    return stored, stored != sent


def _without_depths(text: str) -> str:
    """JSON without what lies deeper than anybody means."""
    kept, depth, begins, kept_to = [], 0, 0, 0
    for found in _STRINGS_AND_BRACKETS.finditer(text):
        if found[0] in ("[", "{"):
            depth += 1
            if depth == DEEPEST + 1:
                begins = found.start()
        elif found[0] in ("]", "}"):
            if depth == DEEPEST + 1:
                kept += [text[kept_to:begins], f'"{REPLACEMENT}"']
                kept_to = found.end()
            depth -= 1
    return "".join([*kept, text[kept_to:]])


def _storable(value: object) -> object:
    match value:
        case str():
            return (
                value.replace("\0", REPLACEMENT)
                .encode("utf-16", "surrogatepass")
                .decode("utf-16", "replace")
            )
        case float() if not math.isfinite(value):
            return str(value)
        case list():
            return [_storable(part) for part in value]
        case dict():
            return {_storable(name): _storable(part) for name, part in value.items()}
    return value


def _number(digits: str) -> int | float:
    """Infinity, as of `1e999`, where there are more digits than Python takes."""
    return int(digits) if len(digits) < MOST_DIGITS else float(digits)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
