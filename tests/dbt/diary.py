"""A small world of ads that appear, change, go and come back, and what should be told of it.

The world is drawn by chance from a seed and written into `raw` batch by batch. What should be told is
worked out here by the plain definition, from the whole diary at once, without a thought for cost.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid5

from psycopg2.extras import Json, execute_values

from core.database import connect, transaction

ADS = range(1, 61)
BATCHES = range(1, 26)
SEARCHES = (1, 2, 3)
FIRST_DAY = date(2026, 1, 8)
NAMESPACE = UUID(int=0)
SOURCE = "adzuna"
EVENTS = ("opened", "returned", "vanished", "closed", "changed")


@dataclass(frozen=True)
class Sweep:
    search: int
    began: int
    ended: int
    is_complete: bool


@dataclass(frozen=True)
class Version:
    ad: int
    batch: int
    title: str | None  # an ad without one is quarantined
    company: str | None
    salary_min: float | None


@dataclass(frozen=True)
class Stay:
    number: int
    first_seen: int
    last_seen: int
    vanished: int | None
    closed: int | None
    returned: int | None


@dataclass(frozen=True)
class Diary:
    sightings: frozenset[tuple[int, int, int]]  # batch, search, ad
    sweeps: Sequence[Sweep]
    versions: Sequence[Version]

    def batches_that_saw(self, ad: int) -> list[int]:
        return sorted({batch for batch, _, seen in self.sightings if seen == ad})

    def usable_versions(self, ad: int) -> list[Version]:
        return [version for version in self.versions if version.ad == ad and version.title]


def job_id(ad: int) -> UUID:
    return uuid5(NAMESPACE, str(ad))


def country(ad: int) -> str:
    return "gb" if ad % 4 == 0 else "fr"


def day(batch: int) -> date:
    """Every fifth batch is the second of its day."""
    return FIRST_DAY + timedelta(days=batch - batch // 5)


def moment(batch: int) -> datetime:
    return datetime.combine(day(batch), datetime.min.time(), UTC) + timedelta(minutes=batch)


# ---------------------------------------------------------------------------------------- chance


def draw(seed: int) -> Diary:
    chance = random.Random(seed)
    shown_by = {ad: chance.sample(SEARCHES, chance.choice((1, 1, 2, 3))) for ad in ADS}
    stands = {ad: list(_coming_and_going(chance)) for ad in ADS}
    sightings: set[tuple[int, int, int]] = set()
    sweeps: list[Sweep] = []

    def show(batch: int, search: int, ad: int) -> None:
        if search in shown_by[ad] and stands[ad][batch - 1]:
            sightings.add((batch, search, ad))

    for search in SEARCHES:
        for batch in BATCHES:
            for ad in ADS:
                if chance.random() < 0.1:
                    show(batch, search, ad)
        began = 1
        while began <= BATCHES[-1]:
            ended = min(began + chance.choice((0, 0, 1, 2)), BATCHES[-1])
            is_complete = chance.random() < 0.75
            for ad in ADS:
                if is_complete or chance.random() < 0.5:
                    show(chance.randint(began, ended), search, ad)
            sweeps.append(Sweep(search, began, ended, is_complete))
            began = ended + chance.choice((1, 1, 2, 3))
    return Diary(frozenset(sightings), sweeps, list(_versions(chance, sightings)))


def _coming_and_going(chance: random.Random) -> Iterator[bool]:
    stands = chance.random() < 0.7
    for _ in BATCHES:
        if chance.random() < 0.15:
            stands = not stands
        yield stands


def _versions(chance: random.Random, sightings: set[tuple[int, int, int]]) -> Iterator[Version]:
    latest: dict[int, Version] = {}
    for batch, ad in sorted({(batch, ad) for batch, _, ad in sightings}):
        before = latest.get(ad)
        if before and chance.random() < 0.85:
            continue
        version = Version(
            ad,
            batch,
            chance.choice((None, "Soudeur H/F", "Soudeuse", "Chaudronnier à l’atelier")),
            chance.choice((None, "Fondation Clairbois", "Béton & Fils")),
            chance.choice((None, 1900, 2100.5)),
        )
        if before is None or _content(version) != _content(before):
            latest[ad] = version
            yield version


def _content(version: Version) -> tuple:
    return version.title, version.company, version.salary_min


# ------------------------------------------------------------------------------------ definition


def stays_of(diary: Diary, ad: int) -> list[Stay]:
    seen = diary.batches_that_saw(ad)
    stays: list[Stay] = []
    first = seen[0]
    for last, following in pairwise([*seen, None]):
        vanished, closed = _missed(diary, ad, last, following)
        if vanished is None and following is not None:
            continue
        stays.append(Stay(len(stays) + 1, first, last, vanished, closed, following))
        first = following
    return stays


def _missed(
    diary: Diary, ad: int, last: int, following: int | None
) -> tuple[int | None, int | None]:
    """When it vanished and closed between its sighting in `last` and the one that follows."""
    ends: dict[int, list[int]] = {}
    for sweep in diary.sweeps:
        has_shown = any(
            search == sweep.search and seen == ad and batch <= last
            for batch, search, seen in diary.sightings
        )
        is_unseen = following is None or following > sweep.ended
        if sweep.is_complete and has_shown and last < sweep.began and is_unseen:
            ends.setdefault(sweep.search, []).append(sweep.ended)
    firsts = [sorted(ended)[0] for ended in ends.values()]
    seconds = [sorted(ended)[1] for ended in ends.values() if len(ended) > 1]
    return min(firsts, default=None), min(seconds, default=None)


def is_open_after(stays: Sequence[Stay], batch: int) -> bool:
    begun = [stay for stay in stays if stay.first_seen <= batch]
    return bool(begun) and (begun[-1].closed is None or begun[-1].closed > batch)


def openings(diary: Diary) -> dict[tuple[date, str], dict[str, int]]:
    """What `daily_openings` should say, by day and country."""
    usable = {ad: versions for ad in ADS if (versions := diary.usable_versions(ad))}
    lives = {ad: stays_of(diary, ad) for ad in usable}
    happened: Counter[tuple[date, str, str]] = Counter()
    for ad, stays in lives.items():
        for stay in stays:
            events = {
                "opened" if stay.number == 1 else "returned": stay.first_seen,
                "vanished": stay.vanished,
                "closed": stay.closed,
            }
            for event, batch in events.items():
                if batch is not None:
                    happened[day(max(batch, usable[ad][0].batch)), country(ad), event] += 1
        for before, after in pairwise(usable[ad]):
            is_other = _content(before) != _content(after)  # not after a version that was unusable
            happened[day(after.batch), country(ad), "changed"] += is_other
    last_of_day = {day(batch): batch for batch in BATCHES}
    first_days = {
        place: min(day for day, where, _ in happened if where == place)
        for place in {country(ad) for ad in usable}
    }
    return {
        (today, place): {
            **{event: happened[today, place, event] for event in EVENTS},
            "open_at_end": sum(
                country(ad) == place
                and usable[ad][0].batch <= batch
                and is_open_after(stays, batch)
                for ad, stays in lives.items()
            ),
        }
        for today, batch in last_of_day.items()
        for place in first_days
        if first_days[place] <= today
    }


# --------------------------------------------------------------------------------------- writing


def write_searches(dsn: str) -> None:
    with closing(connect(dsn)) as connection, transaction(connection) as cursor:
        cursor.execute("call raw.make_month(%s)", (moment(BATCHES[0]),))
        cursor.execute("call raw.make_month(%s)", (moment(BATCHES[-1]),))
        execute_values(
            cursor,
            "insert into raw.searches (source, search, country, query) values %s",
            [(SOURCE, f"search {search}", "fr", Json({})) for search in SEARCHES],
        )


def write_batch(dsn: str, diary: Diary, batch: int) -> None:
    """Lands one batch, as collecting does when nothing goes wrong."""
    with closing(connect(dsn)) as connection, transaction(connection) as cursor:
        cursor.execute("update ops.batches set status = 'superseded' where status = 'open'")
        cursor.execute(
            "insert into ops.batches (batch_id, batch_date) values (%s, %s)", (batch, day(batch))
        )
        cursor.execute(
            "insert into ops.batch_runs (batch_id, batch_date, stage, attempt, status)"
            " values (%s, %s, 'collect', 1, 'success')",
            (batch, day(batch)),
        )
        execute_values(
            cursor,
            "insert into raw.ads (job_id, source, country, ad_id, payload, content_hash, batch_id,"
            " fetched_at) values %s",
            [_raw_ad(version) for version in diary.versions if version.batch == batch],
        )
        seen: set[int] = set()
        for place, (_, search, ad) in enumerate(
            sorted(s for s in diary.sightings if s[0] == batch)
        ):
            outcome = "repeated" if ad in seen else "unchanged"
            seen.add(ad)
            cursor.execute(
                "insert into raw.sightings (batch_id, request_id, position, search_id, job_id,"
                " outcome, seen_at) values (%s, %s, %s, %s, %s, %s, %s)",
                (batch, batch, place, search, str(job_id(ad)), outcome, moment(batch)),
            )
        for sweep in diary.sweeps:
            if sweep.began == batch:
                cursor.execute(
                    "insert into raw.readings (search_id, kind, began_batch_id)"
                    " values (%s, 'sweep', %s)",
                    (sweep.search, batch),
                )
            if sweep.ended == batch:
                cursor.execute(
                    "update raw.readings set ended_batch_id = %s, is_complete = %s"
                    " where search_id = %s and ended_batch_id is null",
                    (batch, sweep.is_complete, sweep.search),
                )


def _raw_ad(version: Version) -> tuple:
    ad_id = str(version.ad)
    payload: Mapping[str, object] = {
        "id": ad_id,
        "title": version.title,
        "description": "Vous rejoindrez l’équipe.",
        "company": {"display_name": version.company},
        "salary_min": version.salary_min,
        "redirect_url": f"https://www.adzuna.fr/land/ad/{ad_id}?se={version.batch}",
        "created": "2026-01-07T09:18:35Z",
    }
    return (
        str(job_id(version.ad)), SOURCE, country(version.ad), ad_id, Json(payload),
        str(_content(version)), version.batch, moment(version.batch),
    )  # fmt: skip
