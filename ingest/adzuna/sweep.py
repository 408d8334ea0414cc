"""Every ad of a search, the oldest first, also where the search has more than Adzuna shows.

Adzuna shows 5,000 ads of a query, but it can be asked for those of the last so many days. So a sweep
reads on from date to date: where a query ends, the next one begins. A place by date stays right from
night to night, so a sweep can go on for weeks. A day that alone has more than 5,000 ads is cut by
category, and a category of a day by region. (A cut by pay would lose the ads that name none.)
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ingest.adzuna.categories import CATEGORIES
from ingest.adzuna.legs import DAY, Leg, days_between
from ingest.adzuna.pages import (
    MOST_ADS,
    MOST_PAGES,
    created,
    is_last_page,
    last_created,
    shows_enough,
)
from ingest.adzuna.search import AdzunaSearch
from ingest.source import Answer, Cursor, End, Question, Questions

# More than any country has regions, in all spellings.
MOST_PLACES = 60
NOTHING = (
    "it finds nothing. Adzuna does not say so when `where` or `category` is misspelt: check them"
)


@dataclass(frozen=True)
class Next:
    """What follows a page: legs, the last of which comes first; what is lacking; what to tell."""

    legs: tuple[Leg, ...] = ()
    lacks: str | None = None
    note: str | None = None


def sweep(search: AdzunaSearch, now: datetime, cursor: Cursor | None) -> Questions:
    """`now` by our own clock, until the source has told its own."""
    legs = [Leg.from_json(stored) for stored in cursor["legs"]] if cursor else [Leg()]
    lacks: str | None = cursor["lacks"] if cursor else None
    today, note = now.date(), None
    while legs:
        leg = legs.pop().as_of(today)
        days = leg.days(now)
        stored = {"legs": [each.to_json() for each in (*legs, leg)], "lacks": lacks}
        answer = yield Question(_query(search, leg, days), leg.page, stored, note)
        now = answer.source_now
        if leg.page == 1 and days != leg.days(now):
            following = Next((leg,))  # by the source's clock it is another day
        else:
            following = _after(search, leg, answer)
        legs.extend(following.legs)
        lacks = lacks or following.lacks
        note = following.note
    return End(is_complete=lacks is None, why_not=lacks)


def _query(search: AdzunaSearch, leg: Leg, days: int | None) -> dict[str, Any]:
    ages = [age for age in (search.max_days_old, days) if age]
    age = {"max_days_old": min(ages)} if ages else {}
    return {**search.query, **leg.narrowed, **age, "sort_by": "date", "sort_dir": "up"}


def _after(search: AdzunaSearch, leg: Leg, answer: Answer) -> Next:
    if not answer.is_readable:
        return Next((replace(leg, page=leg.page + 1),)) if leg.page < MOST_PAGES else Next()
    if is_last_page(answer, leg.page):
        if not answer.ads and leg == Leg(asked_on=leg.asked_on):
            return Next(lacks=NOTHING)
        enough = shows_enough(answer, leg.page)
        return Next(lacks=None if enough else "the source showed fewer ads than it counted")
    if _shows_older_ads(leg, answer):
        return Next(
            lacks="Adzuna shows older ads than it was asked for: the search cannot be cut by date"
        )
    position = last_created(answer.ads) or leg.position
    if leg.until and position and position > leg.until:
        return Next()
    if (answer.reported_count or 0) <= MOST_ADS:
        if leg.page == MOST_PAGES:
            return Next()
        return Next((replace(leg, page=leg.page + 1, position=position),))
    return _after_page_of_too_many(search, leg, answer, position)


def _after_page_of_too_many(
    search: AdzunaSearch, leg: Leg, answer: Answer, position: datetime | None
) -> Next:
    now = answer.source_now
    places = leg.places + tuple(place for place in _places(answer) if place not in leg.places)
    here = replace(leg, position=position, places=places[:MOST_PLACES])
    crossed_an_edge = bool(
        position and leg.position and days_between(position, now) < days_between(leg.position, now)
    )
    pages_left = MOST_PAGES - leg.page
    if crossed_an_edge and pages_left < leg.page - leg.edge_page:
        # the next edge may lie behind the last page, and a cut on an edge shows no ad twice
        return _cut_by_date(here, answer)
    if pages_left:
        edge_page = leg.page if crossed_an_edge else leg.edge_page
        return Next((replace(here, page=leg.page + 1, edge_page=edge_page),))
    if position and not leg.narrowed and leg.days(now) != days_between(position, now):
        return _cut_by_date(here, answer)
    return _cut_a_day(search, here, answer)


def _cut_by_date(leg: Leg, answer: Answer) -> Next:
    rest = Leg(leg.position, leg.until, leg.narrowed, places=leg.places, asked_on=leg.asked_on)
    return Next(
        (rest,),
        note=f"{answer.reported_count:,} ads are more than Adzuna shows of one search: "
        f"read on by date, from {leg.position:%Y-%m-%d}",
    )


def _cut_a_day(search: AdzunaSearch, leg: Leg, answer: Answer) -> Next:
    """The crowded day in parts, and then what comes after it."""
    cut, parts = _parts(search, leg)
    if not parts or leg.position is None:
        return Next(lacks="a part of one day has more than the 5,000 ads that Adzuna shows")
    now = answer.source_now
    day_ends = leg.until or now - (days_between(leg.position, now) - 1) * DAY
    day = tuple(
        Leg(leg.since or leg.position, day_ends, {**leg.narrowed, **part}, asked_on=leg.asked_on)
        for part in parts
    )
    rest = () if leg.until else (Leg(day_ends, places=leg.places, asked_on=leg.asked_on),)
    return Next(
        rest + day,
        lacks="ads that name no region, on a day with too many" if cut == "region" else None,
        note=f"{answer.reported_count:,} ads since {leg.position:%Y-%m-%d} are more than Adzuna "
        f"shows of one day: cut by {cut} into {len(parts)}",
    )


def _parts(search: AdzunaSearch, leg: Leg) -> tuple[str, list[dict[str, str]]]:
    if not search.category and "category" not in leg.narrowed:
        return "category", [{"category": tag} for tag in CATEGORIES]
    if not search.location1 and "location1" not in leg.narrowed:
        return "region", [
            {"location0": country, "location1": region} for country, region in leg.places
        ]
    return "nothing", []


def _shows_older_ads(leg: Leg, answer: Answer) -> bool:
    """A source that does not keep to the days asked for would show the same ads again and again."""
    first = created(answer.ads[0])
    return bool(leg.since and first and first < leg.since - 2 * DAY)


def _places(answer: Answer) -> list[tuple[str, str]]:
    """Country and region of each ad that tells them, as the source spells them."""
    found = []
    for ad in answer.ads:
        location = ad.get("location") if isinstance(ad, dict) else None
        area = location.get("area") if isinstance(location, dict) else None
        if isinstance(area, list) and len(area) > 1:
            found.append((str(area[0]), str(area[1])))
    return list(dict.fromkeys(found))
