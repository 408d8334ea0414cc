"""Narrowing a search, and counting what it finds."""

from datetime import date
from uuid import UUID

import numpy as np
import pytest

from ml.facts import ANY, Facts, Listing, Narrowing, Near
from ml.ids import as_array

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
    places = FACTS.inside(Narrowing(**narrowing))
    return [UUID(bytes=FACTS.ids[place].tobytes()) for place in places]


def test_the_ad_that_stands_for_a_posting_comes_first_and_every_row_has_one():
    assert inside() == [ONE, COPY, TWO, THREE]
    assert FACTS.rows.tolist() == [0, 0, 1, 2]


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


def test_counts_are_of_what_is_known_most_first():
    everything = FACTS.inside(ANY)
    assert list(FACTS.count("city", everything).items()) == [("Lyon", 2), ("Paris", 1)]
    assert FACTS.count("contract", np.array([2])) == {"fixed_term": 1}
    assert FACTS.count("source", everything) == {}


def test_an_ad_is_told_as_it_was_listed():
    told = FACTS.listing(1)
    assert told[:5] == LISTINGS[0][:5]
    assert (told.posted, told.annual_pay) == (date(2026, 1, 9), None)
    assert told.latitude == pytest.approx(PARIS[0], abs=1e-4)
    assert FACTS.listing(3) == Listing(THREE, THREE)
