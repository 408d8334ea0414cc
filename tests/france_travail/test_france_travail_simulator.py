"""What the simulator shows is what France Travail shows."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import requests

from ingest.france_travail.identity import identify
from ingest.simulator import ads_on
from ingest.simulator.france_travail import FranceTravailServer, offers_on

DAY = date(2026, 1, 8)
WORLD = offers_on(DAY, 2_000, seed=7)
OFFERS = [ad for ad in WORLD if isinstance(ad, dict) and "intitule" in ad]


@pytest.fixture(scope="module")
def server():
    with FranceTravailServer(WORLD, today=DAY) as running:
        yield running


@pytest.fixture(scope="module")
def token(server) -> str:
    form = {"client_id": "simulator", "client_secret": "simulator"}
    answer = requests.post(
        server.token_url,
        params={"realm": "/partenaire"},
        data={**form, "grant_type": "client_credentials"},
        timeout=20,
    )
    assert answer.json()["expires_in"] == 1_500
    return answer.json()["access_token"]


@pytest.fixture(scope="module")
def search(server, token):
    def search(**parameters: Any) -> requests.Response:
        return requests.get(
            f"{server.base_url}/partenaire/offresdemploi/v2/offres/search",
            params=parameters,
            headers={"Authorization": f"Bearer {token}"},
            timeout=20,
        )

    return search


def test_a_range_of_all_is_partial_content(search):
    answer = search(range="150-299")
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == "offres 150-299/2000"
    assert len(answer.json()["resultats"]) == 150


def test_what_fits_in_one_answer_is_whole_and_what_matches_nothing_has_no_body(search):
    whole = search(motsCles="Frigoriste,CLIMATISATION")
    assert whole.status_code == 200
    assert 0 < len(whole.json()["resultats"]) <= 150
    none = search(motsCles="sous-marinier astronaute")
    assert (none.status_code, none.content) == (204, b"")


@pytest.mark.parametrize(
    "parameters",
    [
        {"range": "0-150"},
        {"range": "3001-3149"},
        {"range": "3000-3150"},
        {"range": "9-3"},
        {"range": "un"},
        {"minCreationDate": "2026-01-01T00:00:00Z"},
        {"minCreationDate": "2026-01-01", "maxCreationDate": "2026-01-02"},
        {"publieeDepuis": "2"},
        {"sort": "9"},
    ],
)
def test_a_parameter_that_cannot_be_read_is_a_400_with_a_reason(search, parameters):
    answer = search(**parameters)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_without_a_good_token_nothing_is_shown(server):
    address = f"{server.base_url}/partenaire/offresdemploi/v2/offres/search"
    for headers in ({}, {"Authorization": "Bearer guessed"}, {"Authorization": "Basic x"}):
        assert requests.get(address, headers=headers, timeout=20).status_code == 401


@pytest.mark.parametrize(
    "form", [{}, {"grant_type": "client_credentials", "client_id": "simulator"}]
)
def test_without_good_keys_there_is_no_token(server, form):
    answer = requests.post(server.token_url, params={"realm": "/partenaire"}, data=form, timeout=20)
    assert answer.status_code == 400
    assert "error" in answer.json()


def test_creation_dates_are_bounds(search):
    bounds = {"minCreationDate": "2026-01-05T00:00:00Z", "maxCreationDate": "2026-01-06T00:00:00Z"}
    found = search(**bounds, sort=1).json()["resultats"]
    created = [ad["dateCreation"] for ad in found]
    assert created == sorted(created, reverse=True)
    expected = [
        ad
        for ad in OFFERS
        if "2026-01-05T00:00:00" <= ad["dateCreation"] < "2026-01-06T00:00:00.001"
    ]
    assert 0 < len(found) == len(expected)


def test_places_and_contracts_narrow(search):
    found = search(departement="75,92", typeContrat="CDD").json()["resultats"]
    assert {ad["lieuTravail"]["libelle"][:2] for ad in found} == {"75", "92"}
    assert {ad["typeContrat"] for ad in found} == {"CDD"}
    corsica = search(region="94").json()["resultats"]
    assert all(ad["lieuTravail"]["libelle"].startswith("2A") for ad in corsica)


def test_the_same_day_is_the_same_world():
    assert offers_on(DAY, 300, seed=7) == offers_on(DAY, 300, seed=7)
    assert offers_on(DAY, 300, seed=7) != offers_on(DAY, 300, seed=8)


def test_ids_are_seven_letters_and_digits_and_never_twice():
    found = [ad["id"] if isinstance(ad, dict) else ad for ad in WORLD]
    assert all(re.fullmatch("[0-9A-Z]{7}", ad_id) for ad_id in found)
    assert len(set(found)) == len(WORLD)


def test_texts_are_whole_and_in_lines():
    lengths = sorted(len(ad["description"]) for ad in OFFERS)
    assert lengths[len(lengths) // 2] > 700
    assert sum("\n" in ad["description"] for ad in OFFERS) > 0.9 * len(OFFERS)
    assert not any(ad["description"].endswith("…") for ad in OFFERS)


def test_a_share_of_the_ads_are_those_of_adzuna_on_the_same_day():
    """The same title but for H/F, and a text that begins alike where Adzuna's is not damaged."""
    adzuna = {
        (_plain(ad["title"]), _plain(ad["description"])[:200])
        for ad in ads_on(DAY, 2_000, seed=7)
        if isinstance(ad, dict) and "title" in ad
    }
    partners = [ad for ad in OFFERS if ad["origineOffre"]["origine"] == "2"]
    own = [ad for ad in OFFERS if ad["origineOffre"]["origine"] == "1"]
    key = lambda ad: (_plain(ad["intitule"]), _plain(ad["description"])[:200])  # noqa: E731
    assert len(partners) / len(OFFERS) == pytest.approx(0.3, abs=0.01)
    assert sum(key(ad) in adzuna for ad in partners) > 0.9 * len(partners)
    assert not any(key(ad) in adzuna for ad in own)


def test_an_ad_that_was_renewed_has_no_new_content():
    """A week later most ads that still stand were renewed; the edits are the employers' own."""
    before = {ad["id"]: ad for ad in OFFERS}
    later = offers_on(DAY + timedelta(days=7), 2_000, seed=7)
    both = [(before[ad["id"]], ad) for ad in later if isinstance(ad, dict) and ad["id"] in before]
    renewed = [
        pair for pair in both if pair[0]["dateActualisation"] != pair[1]["dateActualisation"]
    ]
    changed = [pair for pair in both if identify("fr", pair[0]) != identify("fr", pair[1])]
    assert len(renewed) == len(both) > 500
    assert 0.05 < len(changed) / len(both) < 0.25


def _plain(text: str) -> str:
    text = re.sub(r"\W|[hf]/[hf]", "", re.sub(r"\(?\b[HF]/[HF]\b\)?", "", text, flags=re.I))
    return text.lower()
