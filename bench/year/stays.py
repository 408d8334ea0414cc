"""The stays of every ad, worked out in plain Python from what was sighted and swept.

The rule is the one that dbt's `int_ad_stays` writes in SQL. A sweep misses an ad that its search had
shown before, when it began after the ad's last sighting and ended before the next. The first sweep
that misses an ad makes it vanish, the second one of the same search closes it. Seen again, it begins
another stay.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from psycopg2.extensions import connection as Connection

from core.database import transaction


@dataclass(frozen=True)
class Stay:
    """Batches, None for what has not happened."""

    first_seen: int
    last_seen: int
    vanished: int | None
    closed: int | None


@dataclass(frozen=True)
class Sweeps:
    """The complete sweeps of one search, in order: the batches in which each began and ended."""

    began: list[int]
    ended: list[int]

    def ends_after(self, batch_id: int) -> list[int]:
        """When the first two ended that began after a batch; fewer where there are none."""
        place = bisect_right(self.began, batch_id)
        return self.ended[place : place + 2]


@dataclass(frozen=True)
class Sightings:
    """Of one ad: the batches that saw it, in order, and by search the first of them."""

    batches: list[int]
    first_by_search: dict[int, int]


def sweeps_of(connection: Connection) -> dict[int, Sweeps]:
    """By search."""
    found: dict[int, Sweeps] = defaultdict(lambda: Sweeps([], []))
    with transaction(connection) as cursor:
        cursor.execute(
            "select search_id, began_batch_id, ended_batch_id from raw.readings"
            " where kind = 'sweep' and is_complete order by search_id, reading_id"
        )
        for search_id, began, ended in cursor:
            found[search_id].began.append(began)
            found[search_id].ended.append(ended)
    return dict(found)


def sightings_of(connection: Connection) -> dict[str, Sightings]:
    """By job_id."""
    found: dict[str, Sightings] = defaultdict(lambda: Sightings([], {}))
    with transaction(connection) as cursor:
        cursor.execute(
            "select distinct batch_id, job_id::text, search_id from raw.sightings order by 1"
        )
        for batch_id, job_id, search_id in cursor:
            sightings = found[job_id]
            sightings.first_by_search.setdefault(search_id, batch_id)
            if sightings.batches[-1:] != [batch_id]:
                sightings.batches.append(batch_id)
    return dict(found)


def stays_of(sightings: Sightings, sweeps: dict[int, Sweeps]) -> Iterator[Stay]:
    first = sightings.batches[0]
    for last, following in zip(sightings.batches, [*sightings.batches[1:], None], strict=True):
        vanished, closed = _missed(sightings, sweeps, last, following)
        if vanished is not None or following is None:
            yield Stay(first, last, vanished, closed)
            first = following


def _missed(
    sightings: Sightings, sweeps: dict[int, Sweeps], last: int, following: int | None
) -> tuple[int | None, int | None]:
    """Between two sightings: when the ad vanished and was closed."""
    ends = [
        [end for end in sweeps[search_id].ends_after(last) if following is None or end < following]
        for search_id, since in sightings.first_by_search.items()
        if since <= last and search_id in sweeps
    ]
    return (
        min((by_search[0] for by_search in ends if by_search), default=None),
        min((by_search[1] for by_search in ends if len(by_search) > 1), default=None),
    )
