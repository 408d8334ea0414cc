"""Phrases in quotation marks: they stand in an ad as they are, or it does not come."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from ml.corpus import Ad
from ml.model import Asked, build
from ml.renewal import Changes, renew

CREATED = datetime(2026, 1, 8, tzinfo=UTC)
ADS = [
    Ad(UUID(int=1), "Chef de projet informatique", "Pilotage de projets, en lien avec le chef."),
    Ad(UUID(int=2), "Cheffe de projets", "Un projet chef, sans informatique."),
    Ad(UUID(int=3), "Chef", "projet de cuisine et service informatique"),
    Ad(UUID(int=4), "Projet chef informatique", "Cuisine."),
]
MODEL = build(ADS, batch_id=1, created=CREATED)


def found(model, text: str) -> set[int]:
    return {match.job_id.int for match in model.search(text, Asked(10)).matches}


@pytest.mark.parametrize(
    ("text", "ads"),
    [
        ('"chef de projet"', {1, 2}),
        ("« chefs de projet »", {1, 2}),
        ('"chef de projet informatique"', {1}),
        ('"projet chef" cuisine', {2, 4}),
        ('"projet chef" "chef de projet"', {2}),
        ('projet -"chef de projet"', {3, 4}),
        ('"chef astronaute"', set()),
        ('"" chef', {1, 2, 3, 4}),
        ('"de la" chef', {1, 2, 3, 4}),
        ('"cuisine"', {3, 4}),
    ],
)
def test_the_words_stand_one_behind_the_other(text, ads):
    assert found(MODEL, text) == ads


def test_a_title_and_its_text_are_two_places():
    assert found(MODEL, '"chef projet cuisine"') == set()
    assert found(MODEL, '"informatique pilotage"') == set()


def test_a_version_that_goes_on_knows_the_phrases_of_new_and_old_ads():
    new = Ad(UUID(int=0), "Chef de projet", "")
    later = renew(MODEL, Changes([new], [UUID(int=1)], [], []), batch_id=2, created=CREATED)
    assert found(later, '"chef de projet"') == {0, 2}
    assert found(later, '"projet de cuisine"') == {3}


def test_what_an_employer_says_in_all_its_ads_is_said():
    ads = [
        Ad(UUID(int=number), title, "Un groupe bancaire recrute.", employer=7)
        for number, title in enumerate(("Comptable", "Cuisinier", "Chef", "Cariste"), start=1)
    ]
    model = build(ads, batch_id=1, created=CREATED)
    assert found(model, 'comptable "groupe bancaire"') == {1}
    assert found(model, "comptable -bancaire") == set()
    assert found(model, 'comptable -"groupe bancaire"') == set()


def test_totals_and_facets_count_what_says_the_phrase():
    assert MODEL.search('"chef de projet"', Asked(1)).total == 2
