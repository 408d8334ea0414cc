"""From what an API sent to JSON text that PostgreSQL's jsonb takes."""

import json
import math

REPLACEMENT = "\ufffd"


def parse(body: bytes) -> object:
    """What jsonb can hold of a body: NUL, half a surrogate pair and infinity are replaced.

    Raises ValueError on anything that is not strict JSON in UTF-8.
    """
    try:
        return _storable(json.loads(body.decode("utf-8"), parse_constant=_refuse))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def to_json(value: object, without: frozenset[str] = frozenset()) -> str:
    """Sorted JSON of a value that `parse` gave."""
    if without and isinstance(value, dict):
        value = {name: part for name, part in value.items() if name not in without}
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)


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
