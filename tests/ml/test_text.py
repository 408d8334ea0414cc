"""Which words of an ad count."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.text import STOP_WORDS, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Développeur confirmé à Évreux", ["développeur", "confirmé", "évreux"]),
        ("l'équipe, d’une usine qu'il visite", ["équipe", "usine", "visite"]),
        ("L’ÉQUIPE d?exploitation jusqu’au soir", ["équipe", "exploitation", "soir"]),
        ("c'est aujourd’hui, n'oubliez rien", ["aujourd'hui", "oubliez", "rien"]),
        ("conseil de prud'hommes", ["conseil", "prud'hommes"]),
        ("the company's engineers don't wait", ["company", "engineers", "wait"]),
        ("Infirmier·ère (H/F), candidat(e)", ["infirmier", "ère", "candidat"]),
        ("12,50 € de l'heure, 35h, 3x8, 2026", ["heure", "35h", "3x8"]),
        ("1\u202f200\u00a0€ et 2\u00a0primes", ["primes"]),
        ("C.D.I. à pourvoir, c-à-d demain", ["pourvoir", "demain"]),
        ("chef_de_projet ; Rhône-Alpes", ["chef", "projet", "rhône", "alpes"]),
        ("", []),
    ],
)
def test_french_and_english_words(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C, C++/C#, R et Go.", ["c", "c++", "c#", "r", "go"]),
        (
            "langage C. .NET, ASP.NET, Node.js, Vue.js.",
            ["langage", "c", ".net", "asp.net", "node.js", "vue.js"],
        ),
        ("R&D, CI/CD (BI, IA) ; SQL/NoSQL", ["r&d", "ci/cd", "bi", "ia", "sql", "nosql"]),
        ("full-stack, front-end ou back-end", ["full", "stack", "front", "back"]),
    ],
)
def test_skills_stay_whole(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "link",
    [
        "https://maison.example/offre?id=7",
        "www.maison.example/offre",
        "prenom.nom+cv@maison.example",
    ],
)
def test_links_and_addresses_are_left_out(link):
    assert tokens(f"Postulez sur {link} demain") == ["postulez", "demain"]


def test_decomposed_accents_read_like_composed_ones():
    text = "Ingénieur sécurité à l'écoute"
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(text)


def test_a_long_run_of_one_character_is_read_at_once():
    for run in ("a" * 200_000, "a." * 100_000, "-" * 200_000, "é'" * 100_000, "c+" * 100_000):
        tokens(run)


@given(st.text())
def test_any_text_gives_words_that_count(text):
    for word in tokens(text):
        assert word
        assert word == word.lower()
        assert word not in STOP_WORDS
        assert not word.isnumeric()
