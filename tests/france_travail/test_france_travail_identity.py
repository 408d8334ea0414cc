import uuid

import pytest

from ingest.france_travail.identity import identify
from ingest.identity import NAMESPACE

AD = {
    "id": "184ABCD",
    "intitule": "Soudeur (H/F)",
    "dateCreation": "2026-01-05T08:00:00.000Z",
    "dateActualisation": "2026-01-05T08:00:00.000Z",
    "entreprise": {"nom": "Atelier du Port", "logo": "https://logos.example/1.png"},
    "contact": {"nom": "Atelier du Port - Mme Le Goff"},
    "agence": {},
    "offresManqueCandidats": False,
    "origineOffre": {
        "origine": "2",
        "partenaires": [{"nom": "A", "url": "https://a.example/?t=1"}],
    },
}


def test_a_job_id_is_made_of_source_id_and_the_page_for_candidates():
    page = "https://candidat.francetravail.fr/offres/recherche/detail/184ABCD"
    assert identify("fr", AD).job_id == uuid.uuid5(NAMESPACE, f"france_travail|184ABCD|{page}")
    assert identify("fr", AD).ad_id == "184ABCD"


@pytest.mark.parametrize(
    "change",
    [
        {"dateActualisation": "2026-01-12T08:00:00.000Z"},
        {"entreprise": {"nom": "Atelier du Port", "logo": "https://logos.example/2.png"}},
        {"contact": {"nom": "Atelier du Port - M. Kerjean"}},
        {"agence": {"courriel": "agence@example.com"}},
        {"offresManqueCandidats": True},
        {"origineOffre": {"origine": "2", "partenaires": []}},
    ],
)
def test_what_changes_by_itself_is_no_new_content(change):
    assert identify("fr", AD | change) == identify("fr", AD)


@pytest.mark.parametrize(
    "change",
    [
        {"intitule": "Soudeuse (H/F)"},
        {"entreprise": {"nom": "Atelier du Quai", "logo": "https://logos.example/1.png"}},
        {"salaire": {"libelle": "Horaire de 14.5 Euros"}},
    ],
)
def test_what_the_employer_changes_is_new_content_of_the_same_job(change):
    before, after = identify("fr", AD), identify("fr", AD | change)
    assert before.job_id == after.job_id
    assert before.content_hash != after.content_hash


@pytest.mark.parametrize("odd", ["184ABCD", None, [], {"intitule": "Soudeur"}, {"id": " "}])
def test_what_names_no_id_is_known_by_its_content(odd):
    assert identify("fr", odd).ad_id is None
    assert identify("fr", odd) == identify("fr", odd)
    assert identify("fr", odd).job_id != identify("fr", [odd]).job_id
