"""An entry of `searches.yml` for France Travail."""

import pytest
from pydantic import ValidationError

from ingest.france_travail.search import FranceTravailSearch


def search(**parameters) -> FranceTravailSearch:
    return FranceTravailSearch(name="soudeurs", source="france_travail", **parameters)


def test_the_query_is_in_the_api_s_own_words():
    asked = search(motsCles="soudeur", departement="01,2A", tempsPlein=True, sweep_every_days=3)
    assert asked.query == {"motsCles": "soudeur", "departement": "01,2A", "tempsPlein": True}
    assert asked.country == "fr"


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"departement": 1}, "in quotes"),
        ({"departement": "Ain et Aisne"}, "pattern"),
        ({"departments": "01"}, "Extra inputs"),
        ({"country": "gb"}, "'fr'"),
        ({"publieeDepuis": 2}, "1, 3, 7, 14 or 31"),
        ({"sort": 0}, "Extra inputs"),
        ({"minCreationDate": "2026-01-01T00:00:00Z"}, "Extra inputs"),
    ],
)
def test_what_cannot_be_asked_is_told(parameters, told):
    with pytest.raises(ValidationError, match=told):
        search(**parameters)


@pytest.mark.parametrize(
    ("parameters", "shows_every_ad"),
    [
        ({"region": "53"}, True),
        ({"publieeDepuis": 7}, False),
        ({"offresManqueCandidats": True}, False),
    ],
)
def test_only_a_search_that_shows_every_ad_can_tell_that_one_is_gone(parameters, shows_every_ad):
    assert search(**parameters).shows_every_ad is shows_every_ad
