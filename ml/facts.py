"""What is known of ads beside their words: what a search is narrowed to, and counted by.

Every open ad is here, the copies of a posting too: a posting of many towns is found in each of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, reduce
from itertools import compress
from math import isnan
from operator import and_, attrgetter
from typing import NamedTuple, Self
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ml.ids import as_array
from ml.narrowing import NAMED, NUMBERS, Narrowing, Near
from ml.nearest import within
from ml.ragged import Mapped, Ragged
from ml.stems import without_accents

EARTH_KM = 6_371.0  # the mean radius
EPOCH = date(1970, 1, 1)
UNKNOWN = -1
# Every département and more. A common word is in the ads of ten thousand companies: the names of all of
# them would be most of an answer's bytes and of its time.
MOST_VALUES = 200


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


@dataclass(frozen=True, eq=False)
class Facts(Mapped):
    """`rows` (int32) are the places of postings in the index, `ids` the ads: first those that stand for
    a posting, each in its row, then all others by row. `codes` (NAMED × ads) are places in `names`,
    -1 for unknown; `numbers` (NUMBERS × ads) NaN for unknown, days since 1970 for dates."""

    rows: NDArray[np.int32]
    ids: NDArray[np.void]
    codes: NDArray[np.int32]
    names: Mapping[str, Ragged]
    numbers: NDArray[np.float32]
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
            codes=np.stack([_codes(told[name], names[name]) for name in NAMED]),
            names={name: Ragged.of_texts(names[name]) for name in NAMED},
            numbers=np.stack([_numbers(told[name]) for name in NUMBERS]),
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
        names, codes = {}, []
        for row, name in enumerate(NAMED):
            both = [(facts.names[name].texts(), facts.codes[row]) for facts in (self, others)]
            used = sorted(set().union(*(_used(*some) for some in both)))
            names[name] = Ragged.of_texts(used)
            codes.append(np.concatenate([_recoded(*some, used) for some in both]))
        joined = replace(
            self,
            rows=np.concatenate([self.rows, others.rows]),
            ids=np.concatenate([self.ids, others.ids]),
            codes=np.stack(codes),
            names=names,
            numbers=np.concatenate([self.numbers, others.numbers], axis=1),
            titles=self.titles.followed_by(others.titles),
        )
        return joined._sorted(ids)

    def _sorted(self, ids: NDArray[np.void]) -> Self:
        is_other = self.ids != ids[self.rows] if len(ids) else np.zeros(0, bool)
        return self._taken(np.lexsort((*_as_numbers(self.ids), self.rows, is_other)))

    def _taken(self, places: NDArray[np.intp]) -> Self:
        return replace(
            self,
            rows=self.rows[places],
            ids=self.ids[places],
            codes=np.take(self.codes, places, axis=1),
            numbers=np.take(self.numbers, places, axis=1),
            titles=self.titles.taken(places),
        )

    def right(self, narrowing: Narrowing) -> NDArray[np.bool_] | None:
        """Of each ad whether it is what is asked for; None where all are."""
        looks = [*self._looks(narrowing)]
        return reduce(and_, looks) if looks else None

    def _looks(self, narrowing: Narrowing) -> Iterator[NDArray[np.bool_]]:
        """One for each thing that is asked for."""
        for name, value in narrowing.named:
            codes, wanted = self.codes[NAMED.index(name)], self._codes_of(name, value)
            yield codes == wanted[0] if len(wanted) == 1 else np.isin(codes, wanted)
        if narrowing.annual_pay_from is not None:
            yield self._number("annual_pay") >= np.float32(narrowing.annual_pay_from)
        if narrowing.posted_since is not None:
            yield self._number("posted") >= np.float32((narrowing.posted_since - EPOCH).days)
        if near := narrowing.near:
            yield self._within(near)

    def _within(self, near: Near) -> NDArray[np.bool_]:
        """By the straight line through the globe, which needs no sines of the ads: as long as it is for
        the way over the ground, or shorter."""
        middle = _on_globe(*np.radians([near.latitude, near.longitude]))
        line = 2 * np.sin(min(near.km / EARTH_KM, np.pi) / 2)
        return within(self._on_globe, middle.astype(np.float32), np.float32(line**2))

    @cached_property
    def _on_globe(self) -> NDArray[np.float32]:
        degrees = self._number("latitude"), self._number("longitude")
        return _on_globe(*np.radians(degrees, dtype=np.float64)).astype(np.float32)

    def _number(self, name: str) -> NDArray[np.float32]:
        return self.numbers[NUMBERS.index(name)]

    @cached_property
    def _postings(self) -> int:
        return int(self.rows.max(initial=UNKNOWN)) + 1

    def rows_of(self, may: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of each posting whether one of its ads may be shown; `may` tells it of each ad."""
        of_postings = may[: self._postings].copy()
        of_postings[self.rows[self._postings :][may[self._postings :]]] = True
        return of_postings

    def first_of(self, rows: NDArray[np.intp], may: NDArray[np.bool_] | None) -> NDArray[np.intp]:
        """The places of ads that stand for these postings, of each the first that may be shown."""
        if may is None or not len(rows):
            return rows
        others = self._postings + np.flatnonzero(may[self._postings :])
        nearest_others = np.searchsorted(self.rows[others], rows)
        return np.where(may[rows], rows, np.append(others, UNKNOWN)[nearest_others])

    def listing(self, place: int) -> Listing:
        """An ad as it was told, numbers as float32 keeps them."""
        named = {name: self.name(name, place) for name in NAMED}
        told = dict(zip(NUMBERS, self.numbers[:, place].tolist(), strict=True))
        numbers = {name: None if isnan(number) else number for name, number in told.items()}
        return Listing(
            job_id=UUID(bytes=self.ids[place].tobytes()),
            stands_for_it=UUID(bytes=self.ids[self.rows[place]].tobytes()),
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
        code = self.codes[NAMED.index(name), place]
        return None if code == UNKNOWN else self.names[name].text(code)

    def posted(self, place: int) -> date | None:
        days = float(self.numbers[NUMBERS.index("posted"), place])
        return None if isnan(days) else EPOCH + timedelta(days=days)

    def count(self, name: str, places: NDArray[np.intp]) -> dict[str, int]:
        """How many of these ads have each value, the MOST_VALUES that most have, most first."""
        codes = self.codes[NAMED.index(name)][places]
        counts = np.bincount(codes - UNKNOWN)[1:]  # the first is of unknown ones
        there = np.flatnonzero(counts)
        most = there[np.argsort(-counts[there], kind="stable")[:MOST_VALUES]]
        return dict(zip(self.names[name].taken(most).texts(), counts[most].tolist(), strict=True))

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


def _on_globe(latitude: NDArray, longitude: NDArray) -> NDArray:
    """From radians: three coordinates on a globe of radius 1, by rows."""
    around = np.cos(latitude)
    return np.stack([around * np.cos(longitude), around * np.sin(longitude), np.sin(latitude)])


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
