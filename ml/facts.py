"""What is known of ads beside their words: what a search may be narrowed to, and counted by.

Every open ad is here, the copies of a posting too: a posting of many towns is found in each of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import compress
from math import isnan
from operator import attrgetter
from typing import NamedTuple, Self
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ml.ids import as_array
from ml.ragged import Ragged
from ml.stems import without_accents

EARTH_KM = 6_371.0  # the mean radius
EPOCH = date(1970, 1, 1)
UNKNOWN = -1


class Listing(NamedTuple):
    """An open ad. `stands_for_it` is the ad of its posting that the model reads; `annual_pay` is the
    most that it offers."""

    job_id: UUID
    stands_for_it: UUID
    country: str | None = None
    region: str | None = None
    department: str | None = None
    city: str | None = None
    company: str | None = None
    contract: str | None = None
    working_time: str | None = None
    remote: str | None = None
    language: str | None = None
    source: str | None = None
    annual_pay: float | None = None
    posted: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    title: str = ""


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


@dataclass(frozen=True, eq=False)
class Facts:
    """`rows` (int32, ascending) are the places of postings in the index, `ids` the ads; of each
    posting the ad that stands for it comes first. `codes` are places in `names`, -1 for unknown;
    `numbers` float32, NaN for unknown, days since 1970 for dates."""

    rows: NDArray[np.int32]
    ids: NDArray[np.void]
    codes: Mapping[str, NDArray[np.int32]]
    names: Mapping[str, Ragged]
    numbers: Mapping[str, NDArray[np.float32]]
    titles: Ragged

    @classmethod
    def gather(cls, listings: Iterable[Listing], ids: NDArray[np.void]) -> Self:
        """Of the listings whose posting is in the index, whose ids are `ids`; an ad there that none
        tells of has a row of unknown values."""
        listings = list(listings)
        is_told = _is_one_of(ids, as_array(listing.job_id for listing in listings))
        untold = (UUID(bytes=bytes(job_id)) for job_id in ids[~is_told])
        listings.extend(Listing(job_id, job_id) for job_id in untold)
        return cls._of(listings, ids)

    @classmethod
    def _of(cls, listings: Sequence[Listing], ids: NDArray[np.void]) -> Self:
        standing = as_array(listing.stands_for_it for listing in listings)
        rows = np.searchsorted(ids, standing).astype(np.int32)
        rows[rows == len(ids)] = 0
        is_inside = ids[rows] == standing if len(ids) else np.zeros(0, bool)
        inside = list(compress(listings, is_inside))
        told = {name: list(map(attrgetter(name), inside)) for name in (*NAMED, *NUMBERS)}
        names = {name: sorted(set(told[name]) - {None}) for name in NAMED}
        facts = cls(
            rows=rows[is_inside],
            ids=as_array(some.job_id for some in inside),
            codes={name: _codes(told[name], names[name]) for name in NAMED},
            names={name: Ragged.of_texts(names[name]) for name in NAMED},
            numbers={name: _numbers(told[name]) for name in NUMBERS},
            titles=Ragged.of_texts([some.title for some in inside]),
        )
        return facts._sorted(ids)

    def moved(self, rows: NDArray[np.int32], without: NDArray[np.void]) -> Self:
        """The facts where old row `i` of the index is now row `rows[i]`, or gone where that is -1,
        without the ads that are named."""
        new_rows = rows[self.rows]
        places = np.flatnonzero((new_rows >= 0) & ~_is_one_of(self.ids, without))
        return replace(self._taken(places), rows=new_rows[places])

    def joined(self, listings: Sequence[Listing], ids: NDArray[np.void]) -> Self:
        """These and the listings, in the order of an index with `ids`."""
        others = type(self)._of(listings, ids)
        names, codes = {}, {}
        for name in NAMED:
            both = [(facts.names[name].texts(), facts.codes[name]) for facts in (self, others)]
            used = sorted(set().union(*(_used(*some) for some in both)))
            names[name] = Ragged.of_texts(used)
            codes[name] = np.concatenate([_recoded(*some, used) for some in both])
        joined = replace(
            self,
            rows=np.concatenate([self.rows, others.rows]),
            ids=np.concatenate([self.ids, others.ids]),
            codes=codes,
            names=names,
            numbers={
                name: np.concatenate([self.numbers[name], others.numbers[name]]) for name in NUMBERS
            },
            titles=self.titles.followed_by(others.titles),
        )
        return joined._sorted(ids)

    def _sorted(self, ids: NDArray[np.void]) -> Self:
        """By row, the ad that stands for its posting first, then by id."""
        is_other = self.ids != ids[self.rows] if len(ids) else np.zeros(0, bool)
        return self._taken(np.lexsort((*_as_numbers(self.ids), is_other, self.rows)))

    def _taken(self, places: NDArray[np.intp]) -> Self:
        return replace(
            self,
            rows=self.rows[places],
            ids=self.ids[places],
            codes={name: codes[places] for name, codes in self.codes.items()},
            numbers={name: numbers[places] for name, numbers in self.numbers.items()},
            titles=self.titles.taken(places),
        )

    def inside(self, narrowing: Narrowing) -> NDArray[np.intp]:
        """Places, ascending, of the ads that are what is asked for."""
        # each look is at what the ones before left: looks at all ads are most of the time
        places = np.arange(len(self.rows))
        for name, value in narrowing.named:
            codes, wanted = self.codes[name][places], self._codes_of(name, value)
            is_wanted = codes == wanted[0] if len(wanted) == 1 else np.isin(codes, wanted)
            places = places[is_wanted]
        if narrowing.annual_pay_from is not None:
            pay = self.numbers["annual_pay"][places]
            places = places[pay >= np.float32(narrowing.annual_pay_from)]
        if narrowing.posted_since is not None:
            day = np.float32((narrowing.posted_since - EPOCH).days)
            places = places[self.numbers["posted"][places] >= day]
        return places if narrowing.near is None else self._near(narrowing.near, places)

    def listing(self, place: int) -> Listing:
        """An ad as it was told, numbers as float32 keeps them."""
        named = {name: self.name(name, place) for name in NAMED}
        told = {name: float(self.numbers[name][place]) for name in NUMBERS}
        numbers = {name: None if isnan(number) else number for name, number in told.items()}
        return Listing(
            job_id=UUID(bytes=self.ids[place].tobytes()),
            stands_for_it=UUID(
                bytes=self.ids[np.searchsorted(self.rows, self.rows[place])].tobytes()
            ),
            title=self.titles.text(place),
            **named,
            **numbers | {"posted": self.posted(place)},
        )

    def place(self, job_id: UUID) -> int | None:
        """Of an ad; None where it is not here."""
        by_id, order = self._by_id
        at = np.searchsorted(by_id, as_array([job_id]))[0]
        return int(order[at]) if at < len(by_id) and bytes(by_id[at]) == job_id.bytes else None

    @cached_property
    def _by_id(self) -> tuple[NDArray[np.void], NDArray[np.intp]]:
        order = np.lexsort(_as_numbers(self.ids))
        return self.ids[order], order

    def job_id(self, place: int) -> UUID:
        return UUID(bytes=self.ids[place].tobytes())

    def name(self, name: str, place: int) -> str | None:
        """A value of NAMED of an ad."""
        code = self.codes[name][place]
        return None if code == UNKNOWN else self.names[name].text(code)

    def posted(self, place: int) -> date | None:
        days = float(self.numbers["posted"][place])
        return None if isnan(days) else EPOCH + timedelta(days=days)

    def count(self, name: str, places: NDArray[np.intp]) -> dict[str, int]:
        """How many of these ads have each value, most first."""
        codes = self.codes[name][places]
        counts = np.bincount(codes[codes != UNKNOWN], minlength=len(self.names[name]))
        order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
        return {self.names[name].text(code): int(counts[code]) for code in order}

    def _codes_of(self, name: str, value: str) -> list[int]:
        codes = self._codes_by_plain_name.get(name)
        if codes is None:
            codes = defaultdict(list)
            for code, written in enumerate(self.names[name].texts()):
                codes[_plain(written)].append(code)
            self._codes_by_plain_name[name] = codes
        return codes.get(_plain(value), [])

    @cached_property
    def _codes_by_plain_name(self) -> dict[str, dict[str, list[int]]]:
        return {}  # of those that somebody narrowed to: of companies there are very many

    def _near(self, near: Near, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """By the haversine formula (Sinnott, Sky and Telescope 68, 1984), where the latitude alone does
        not tell already."""
        latitudes = self.numbers["latitude"][places]
        degrees = np.float32(np.degrees(near.km / EARTH_KM) * 1.001)
        places = places[np.abs(latitudes - np.float32(near.latitude)) <= degrees]
        latitudes = np.radians(self.numbers["latitude"][places])
        longitudes = np.radians(self.numbers["longitude"][places])
        latitude, longitude = np.radians(near.latitude), np.radians(near.longitude)
        part = (
            np.sin((latitudes - latitude) / 2) ** 2
            + np.cos(latitudes) * np.cos(latitude) * np.sin((longitudes - longitude) / 2) ** 2
        )
        return places[2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(part, 1))) <= near.km]


def _as_numbers(ids: NDArray[np.void]) -> NDArray[np.uint64]:
    """Low and high halves: 16 bytes as such take ten times as long to sort."""
    return np.ascontiguousarray(ids).view(">u8").reshape(-1, 2).astype(np.uint64).T[::-1]


def _is_one_of(ids: NDArray[np.void], wanted: NDArray[np.void]) -> NDArray[np.bool_]:
    if not len(wanted):
        return np.zeros(len(ids), bool)
    wanted = np.sort(wanted, kind="stable")  # at once where they are in order already
    places = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
    return wanted[places] == ids


def _used(names: Sequence[str], codes: NDArray[np.int32]) -> set[str]:
    return {names[code] for code in np.unique(codes[codes != UNKNOWN])}


def _recoded(
    names: Sequence[str], codes: NDArray[np.int32], new_names: Sequence[str]
) -> NDArray[np.int32]:
    code = {name: number for number, name in enumerate(new_names)}
    # the last one is for -1, unknown
    new_codes = np.array([*(code.get(name, UNKNOWN) for name in names), UNKNOWN], np.int32)
    return new_codes[codes]


def _codes(values: Sequence[str | None], names: Sequence[str]) -> NDArray[np.int32]:
    code = {None: UNKNOWN} | {value: number for number, value in enumerate(names)}
    return np.fromiter(map(code.__getitem__, values), np.int32, len(values))


def _numbers(values: Sequence[float | date | None]) -> NDArray[np.float32]:
    return np.fromiter(map(_number, values), np.float32, len(values))


def _number(value: float | date | None) -> float:
    if value is None:
        return float("nan")
    return float((value - EPOCH).days) if isinstance(value, date) else float(value)


def _plain(value: str) -> str:
    return without_accents(value.casefold()).replace("-", " ").strip()
