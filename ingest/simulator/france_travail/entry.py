"""An ad with what searches ask of it."""

import re
from functools import cached_property
from typing import Any
from zlib import crc32

from ingest.simulator.entry import words
from ingest.simulator.france_travail.regions import REGION_OF

LONG_AGO = "2001-01-01T00:00:00.000Z"  # what cannot be dated is old, and found by date all the same


class Entry:
    """An ad as searches see it; fields that an unusable ad lacks match nothing."""

    def __init__(self, ad: Any) -> None:
        self.ad = ad
        self._fields = ad if isinstance(ad, dict) else {}
        created = str(self._fields.get("dateCreation"))
        self.created = created if re.match(r"20\d\d-", created) else LONG_AGO
        self.shuffled = crc32(str(self._fields.get("id", ad)).encode())

    @cached_property
    def codes(self) -> dict[str, str | None]:
        """What the ad has under the parameters that take codes."""
        department = _department(self._inner("lieuTravail", "libelle"))
        return {
            "departement": department,
            "region": REGION_OF.get(department),
            "commune": self._inner("lieuTravail", "commune"),
            "codeROME": self._fields.get("romeCode"),
            "typeContrat": self._fields.get("typeContrat"),
            "origineOffre": self._inner("origineOffre", "origine"),
        }

    @cached_property
    def is_full_time(self) -> bool | None:
        stated = self._fields.get("dureeTravailLibelleConverti")
        return None if stated is None else stated == "Temps plein"

    @cached_property
    def title(self) -> str:
        return words(self._fields.get("intitule"))

    @cached_property
    def text(self) -> str:
        rest = ("description", "appellationlibelle", "romeLibelle")
        parts = [words(self._fields.get(name)) for name in rest]
        return "".join([self.title, *parts, words(self._inner("entreprise", "nom"))])

    def _inner(self, outer: str, inner: str) -> Any:
        found = self._fields.get(outer)
        return found.get(inner) if isinstance(found, dict) else None


def _department(place: Any) -> str | None:
    """From "92 - NANTERRE", "2A - AJACCIO", "974 - La Réunion" or "75"."""
    found = re.match(r"(97\d|\d[0-9AB])\b", str(place))
    return found[1] if found else None
