"""JSON by orjson: dates as ISO 8601, text as it is; nesting without end is an error, not a crash."""

from typing import Any

import orjson
from flask.json.provider import JSONProvider


class Json(JSONProvider):
    def dumps(self, value: Any, **_: Any) -> str:
        return orjson.dumps(value, default=str).decode()

    def loads(self, written: str | bytes, **_: Any) -> Any:
        return orjson.loads(written)
