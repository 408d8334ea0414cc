"""What a search can be narrowed to."""

from dataclasses import dataclass
from datetime import date

NAMED = (
    *("country", "region", "department", "city", "company"),
    *("contract", "working_time", "remote", "language", "source"),
)
NUMBERS = ("annual_pay", "posted", "latitude", "longitude")


@dataclass(frozen=True)
class Near:
    """A place on the map and how far from it, in kilometres."""

    latitude: float
    longitude: float
    km: float


@dataclass(frozen=True)
class Narrowing:
    """What an ad has to be. `named` are values of NAMED, in any case, with accents or without."""

    named: tuple[tuple[str, str], ...] = ()
    annual_pay_from: float | None = None
    posted_since: date | None = None
    near: Near | None = None

    def __bool__(self) -> bool:
        return self != ANY


ANY = Narrowing()
