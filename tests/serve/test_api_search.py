"""`/api/jobs/search` as a program uses it."""

import pytest
from written_ads import BY_NAME, Ad


def search(client, words: str, **parameters) -> dict:
    response = client.get("/api/jobs/search", query_string={"q": words, **parameters})
    assert response.status_code == 200, response.text
    return response.json


def found(client, words: str, **parameters) -> list[str]:
    return [job["title"] for job in search(client, words, **parameters)["results"]]


def test_the_job_that_says_all_the_words_comes_first_and_others_do_not_come(client):
    assert found(client, "infirmier de nuit") == ["Infirmier de nuit (H/F)", "Aide-soignante"]
    assert found(client, "Soudure INOX")[0] == "Soudeur TIG"


def test_words_are_found_with_and_without_their_article(client):
    assert found(client, "l'entrepôt") == ["Ingénieure données Python (H/F)"]
    assert found(client, "l’entrepôt") == found(client, "entrepôt")


def test_scores_fall_and_are_cosines(client):
    scores = [job["score"] for job in search(client, "python sql")["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len(set(scores)) > 1


def test_the_parts_of_a_score_add_up_to_it(client):
    asked = {"job_id": str(BY_NAME["data"].job_id)}
    similar = client.get("/api/recommend", query_string=asked).json["results"]
    for job in [*search(client, "python sql tableaux")["results"], *similar]:
        parts = [why["part"] for why in job["why"]["terms"]]
        assert parts == sorted(parts, reverse=True)
        assert sum(parts) + job["why"]["others"] == pytest.approx(job["score"], abs=1e-3)


def test_typos_are_mended_and_told(client):
    answer = search(client, "infimier de nuit")
    assert answer["did_you_mean"] == "infirmier de nuit"
    assert answer["results"] == search(client, "infirmier de nuit")["results"]
    assert search(client, "infirmier de nuit")["did_you_mean"] is None


def test_a_word_behind_a_minus_keeps_ads_away(client):
    assert "Warehouse Python developer" in found(client, "python")
    assert "Warehouse Python developer" not in found(client, "python -warehouse")


def test_top_is_how_many_come_at_most(client):
    assert len(found(client, "python", top=2)) == 2
    assert len(found(client, "python", top=50)) == 3
    assert found(client, "python", top=1) == found(client, "python")[:1]


def test_one_job_of_each_posting_and_no_closed_one(client):
    (baker,) = search(client, "pétrissage")["results"]
    assert baker["job_id"] == str(BY_NAME["baker-lyon"].job_id)
    assert "Développeur Python" not in found(client, "python", top=50)


def test_a_job_says_what_people_want_to_know_of_it(client):
    """Whoever changes the fields raises `serve.cache.FORM`."""
    (job,) = search(client, "entrepôt")["results"]
    assert 0 < (score := job.pop("score")) < 1
    assert job.pop("why") == {"terms": [{"term": "entrepôt", "part": score}], "others": 0}
    assert job == {
        "job_id": str(BY_NAME["data"].job_id),
        "title": "Ingénieure données Python (H/F)",
        "company_name": "Ateliers Beaulieu",
        "city": "Lyon",
        "department_code": "69",
        "region": "Auvergne-Rhône-Alpes",
        "country_code": "fr",
        "language": "fr",
        "contract_type": "permanent",
        "working_time": None,
        "salary_min": 45000.0,
        "salary_max": 52000.0,
        "salary_period": "year",
        "salary_currency": "EUR",
        "salary_annual_min": None,
        "salary_annual_max": None,
        "salary_source": "field",
        "posted_date": "2026-01-05",
        "is_open": True,
        "url": BY_NAME["data"].columns()["url"],
        "source": "adzuna",
        "excerpt": BY_NAME["data"].description,
        "highlights": {"title": [], "excerpt": [[47, 55]]},
        "attribution": "Jobs by Adzuna",
        "attribution_url": "https://www.adzuna.fr",
    }


def test_a_long_text_is_cut_and_says_so(world):
    long = "Tournage et fraisage de pièces. " * 20
    world.publish(2, [Ad("turner", "Tourneur", long), Ad("miller", "Fraiseuse", "Fraisage.")])
    (turner,) = search(world.client(), "tournage")["results"]
    assert len(turner["excerpt"]) <= 300
    assert turner["excerpt"].endswith("…")
    assert long.startswith(turner["excerpt"].removesuffix("…"))


def test_an_unknown_company_has_no_name(client):
    jobs = search(client, "aide-soignante")["results"]
    assert [job["company_name"] for job in jobs if job["title"] == "Aide-soignante"] == [None]


def test_an_answer_says_what_was_asked_and_which_data_it_comes_from(client):
    answer = search(client, "  soudeur \n TIG ", top=3)
    assert answer["query"] == {"q": "soudeur TIG", "top": 3}
    assert (answer["batch_id"], answer["model_version"]) == (1, "tfidf_v20260108")
    assert answer["data_as_of"].endswith("+00:00")


def test_each_job_carries_the_attribution_of_its_own_source(world):
    world.publish(
        2,
        [
            Ad("turner", "Tourneur", "Tournage de pièces en laiton."),
            Ad("miller", "Fraiseuse", "Fraisage de pièces en laiton.", source="france_travail"),
            Ad("baker", "Boulanger", "Cuisson du pain."),
        ],
    )
    answer = search(world.client(), "laiton")
    assert {
        job["title"]: (job["attribution"], job["attribution_url"]) for job in answer["results"]
    } == {
        "Tourneur": ("Jobs by Adzuna", "https://www.adzuna.fr"),
        "Fraiseuse": ("Source : France Travail", "https://www.francetravail.fr"),
    }
    assert sorted(one["text"] for one in answer["attributions"]) == [
        "Jobs by Adzuna",
        "Source : France Travail",
    ]

    of_one_source = search(world.client(), "pain")["attributions"]
    assert of_one_source == [{"text": "Jobs by Adzuna", "url": "https://www.adzuna.fr"}]


def test_words_that_no_job_says_find_nothing(client):
    assert found(client, "volcanologue") == []
    assert found(client, "le la les") == []


def test_accents_come_as_they_are(client):
    text = client.get("/api/jobs/search?q=entrepôt").text
    assert "Ingénieure données" in text
