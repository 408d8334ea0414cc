"""Dates in JSON as ISO 8601, where Flask would write them as HTTP does."""

from datetime import date

from flask.json.provider import DefaultJSONProvider


class IsoTimes(DefaultJSONProvider):
    sort_keys = False
    ensure_ascii = False

    @staticmethod
    def default(value: object) -> object:
        return value.isoformat() if isinstance(value, date) else DefaultJSONProvider.default(value)
