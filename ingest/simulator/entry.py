"""An ad with what searches ask of it."""

import re
import unicodedata
from functools import cached_property
from typing import Any
from zlib import crc32

from ingest.simulator.countries import country_of

UNREADABLE_DATE = "9999"  # what cannot be dated is never too old and comes first by date


class Entry:
    """An ad as searches see it; fields that an unusable ad lacks match nothing.

    The words are made when first asked for: most searches of a large world need few of them.
    """

    version = 0  # which of its contents this is

    def __init__(self, ad: Any) -> None:
        self.ad = ad
        self._fields = ad if isinstance(ad, dict) else {}
        self.country = country_of(ad)
        self.created = str(self._fields.get("created") or UNREADABLE_DATE)
        self.category = self._inner("category", "tag")
        self.contract_type = self._fields.get("contract_type")
        self.contract_time = self._fields.get("contract_time")
        self.low = _number(self._fields.get("salary_min"))
        self.high = _number(self._fields.get("salary_max")) or self.low
        self.ad_id = str(self._fields.get("id", ad))
        self.shuffled = crc32(self.ad_id.encode())

    @cached_property
    def title(self) -> str:
        return words(self._fields.get("title"))

    @cached_property
    def company(self) -> str:
        return words(self._inner("company", "display_name"))

    @cached_property
    def area(self) -> list[str]:
        return [words(level) for level in self._inner("location", "area") or []]

    @cached_property
    def text(self) -> str:
        return self.title + words(self._fields.get("description")) + self.company

    def _inner(self, outer: str, inner: str) -> Any:
        found = self._fields.get(outer)
        return found.get(inner) if isinstance(found, dict) else None


def words(text: Any) -> str:
    """The words of `text` in lower case without accents, a blank before and after each."""
    plain = unicodedata.normalize("NFKD", str(text or "")).casefold()
    found = re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", plain))
    return f" {' '.join(found)} " if found else " "


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) else None
