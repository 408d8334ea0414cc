"""Narrowing a search, and counting what it finds."""

from datetime import date
from uuid import UUID

import numpy as np
import pytest

from ml.facts import MOST_VALUES, Facts, Listing
from ml.ids import as_array
from ml.narrowing import ANY, Narrowing, Near

ONE, TWO, THREE, COPY = (UUID(int=number) for number in (1, 2, 3, 4))
LYON, PARIS = (45.757, 4.832), (48.857, 2.352)
LISTINGS = [
    Listing(
        COPY, ONE, "fr", "Île-de-France", "75", "Paris", "Le Fournil", contract="permanent",
        latitude=PARIS[0], longitude=PARIS[1], posted=date(2026, 1, 9),
    ),
    Listing(
        ONE, ONE, "fr", "Auvergne-Rhône-Alpes", "69", "Lyon", "Le Fournil", contract="permanent",
        annual_pay=24_000, latitude=LYON[0], longitude=LYON[1], posted=date(2026, 1, 8),
    ),
    Listing(
        TWO, TWO, "fr", "Auvergne-Rhône-Alpes", "69", "Lyon", "Mutuelle", contract="fixed_term",
        annual_pay=40_000, remote="hybrid", posted=date(2026, 1, 2),
    ),
    Listing(UUID(int=9), UUID(int=8), "fr", city="Lyon"),
]  # fmt: skip
FACTS = Facts.gather(LISTINGS, as_array([ONE, TWO, THREE]))


def inside(**narrowing: object) -> list[UUID]:
    """In the order of the postings, the ad that stands for one first."""
    places = np.flatnonzero(FACTS.right(Narrowing(**narrowing)))
    return [FACTS.job_id(place) for place in sorted(places, key=lambda place: FACTS.rows[place])]


def test_the_ads_that_stand_for_postings_come_first_each_in_its_row():
    assert [FACTS.job_id(place) for place in range(4)] == [ONE, TWO, THREE, COPY]
    assert FACTS.rows.tolist() == [0, 1, 2, 0]
    assert FACTS.right(ANY) is None


def test_a_posting_is_shown_by_its_first_ad_that_is_what_was_asked_for():
    in_paris = FACTS.right(Narrowing(named=(("city", "paris"),)))
    assert FACTS.rows_of(in_paris).tolist() == [True, False, False]
    assert FACTS.first_of(np.array([0]), in_paris).tolist() == [3]
    at_le_fournil = FACTS.right(Narrowing(named=(("company", "le fournil"),)))
    assert FACTS.first_of(np.array([0]), at_le_fournil).tolist() == [0]
    assert FACTS.first_of(np.array([2, 0]), None).tolist() == [2, 0]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("city", "lyon", [ONE, TWO]),
        ("city", "PARIS", [COPY]),
        ("region", "ile de france", [COPY]),
        ("department", "69", [ONE, TWO]),
        ("company", "le fournil", [ONE, COPY]),
        ("remote", "hybrid", [TWO]),
        ("city", "Brest", []),
    ],
)
def test_names_in_any_writing(name, value, found):
    assert inside(named=((name, value),)) == found


def test_what_is_unknown_is_not_what_was_asked_for():
    assert inside(annual_pay_from=0) == [ONE, TWO]
    assert inside(annual_pay_from=24_000.5) == [TWO]
    assert inside(posted_since=date(2026, 1, 8)) == [ONE, COPY]
    assert inside(named=(("contract", "permanent"), ("city", "lyon"))) == [ONE]


def test_the_distance_is_that_of_the_globe():
    # Lyon to Paris: 392 km
    assert inside(near=Near(*LYON, 391)) == [ONE]
    assert inside(near=Near(*LYON, 393)) == [ONE, COPY]
    assert inside(near=Near(*PARIS, 0.5)) == [COPY]
    assert inside(near=Near(*PARIS, 20_000)) == [ONE, COPY]  # not ads of unknown place
    assert inside(near=Near(-89.9, 179.9, 20_000)) == [ONE, COPY]


def test_counts_are_of_what_is_known_most_first():
    everything = np.arange(4)
    assert list(FACTS.count("city", everything).items()) == [("Lyon", 2), ("Paris", 1)]
    assert FACTS.count("contract", np.array([1])) == {"fixed_term": 1}
    assert FACTS.count("source", everything) == {}


def test_of_very_many_values_those_of_most_ads_are_counted():
    listings = [
        Listing(UUID(int=ad), UUID(int=ad), company=f"Entreprise {ad % 300}") for ad in range(500)
    ]
    facts = Facts.gather(listings, as_array(listing.job_id for listing in listings))
    counts = list(facts.count("company", np.arange(500)).values())
    assert counts == [2] * MOST_VALUES


def test_an_ad_is_told_as_it_was_listed():
    told = FACTS.listing(3)
    assert told[:5] == LISTINGS[0][:5]
    assert (told.posted, told.annual_pay) == (date(2026, 1, 9), None)
    assert told.latitude == pytest.approx(PARIS[0], abs=1e-4)
    assert FACTS.listing(2) == Listing(THREE, THREE)
