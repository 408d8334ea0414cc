"""From what an API sent to JSON text that PostgreSQL's jsonb takes."""

import json
import math

REPLACEMENT = "\ufffd"


def parse(body: bytes) -> object:
    """Raises ValueError on anything that is not strict JSON in UTF-8."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def to_json(value: object, without: frozenset[str] = frozenset()) -> str:
    """Sorted JSON. What jsonb cannot hold (NUL, half a surrogate pair, infinity) is replaced."""
    if without and isinstance(value, dict):
        value = {name: part for name, part in value.items() if name not in without}
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
        text.encode()
        if "\\u0000" not in text:
            return text
    except ValueError:
        pass
    return json.dumps(_storable(value), ensure_ascii=False, sort_keys=True)


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
