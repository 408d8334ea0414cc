"""From what an API sent to JSON text that PostgreSQL's jsonb takes."""

import json
import math

import orjson

REPLACEMENT = "\ufffd"


def parse(body: bytes) -> tuple[object, bool]:
    """What jsonb can hold of a body, and whether something was replaced: NUL, half a surrogate pair,
    infinity.

    Raises ValueError on anything that is not strict JSON in UTF-8.
    """
    try:
        sent = json.loads(body.decode("utf-8"), parse_constant=_refuse)
        stored = _storable(sent)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return stored, stored != sent


def to_json(value: object, without: frozenset[str] = frozenset()) -> bytes:
    """Sorted JSON, in UTF-8, of a value that `parse` gave."""
    if without and isinstance(value, dict):
        value = {name: part for name, part in value.items() if name not in without}
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # integers of more than 64 bits
        return json.dumps(
            value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
        ).encode()


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


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
