"""What people type."""

import pytest

from ml.typed import Speller, read

WORDS = [
    *("développeur", "données", "python", "comptable", "java"),
    *("infirmier", "stage", "développement", "data"),
]
SPELLER = Speller(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pyhton", "python"),
        ("pyton", "python"),
        ("pythonn", "python"),
        ("develloppeur", "développeur"),
        ("devlopeur", "développeur"),
        ("comptabel", "comptable"),
        ("infimier", "infirmier"),
    ],
)
def test_letters_that_are_missing_too_many_wrong_or_swapped(typed, meant):
    assert SPELLER.mended(typed) == meant


@pytest.mark.parametrize("typed", ["python", "jav", "dta", "r489", "astronaute", "soudeur", ""])
def test_what_is_known_short_or_far_from_all_stays(typed):
    assert SPELLER.mended(typed) is None


def test_of_equally_near_words_the_one_of_most_ads_is_meant():
    assert Speller(["marchande", "marchands"]).mended("marchandx") == "marchande"
    assert Speller(["marchands", "marchande"]).mended("marchandx") == "marchands"
    assert Speller(["bonte", "conte"]).mended("cxnte") == "conte", (
        "the first letter is seldom wrong"
    )


def test_a_word_begun_is_completed_to_the_one_of_most_ads():
    assert SPELLER.mended("dével") == "développeur"
    assert SPELLER.mended("infirm") == "infirmier"
    assert SPELLER.mended("inf") is None, "too short to tell"


def asked(text: str):
    return read(text, dict.fromkeys(WORDS, 0), SPELLER)


def test_a_text_keeps_its_form_when_a_typo_in_it_is_mended():
    typed = asked("Stage Pyhton, à Lyon")
    assert typed.words == ["stage", "python", "lyon"]
    assert typed.did_you_mean == "Stage python, à Lyon"
    assert asked("stage python").did_you_mean is None


def test_a_minus_before_a_word_is_no_hyphen():
    assert asked("python -stage -java").unwanted == ["stage", "java"]
    assert asked("python -stage").words == ["python"]
    hyphens = asked("aide-soignante, front-end - 75001")
    assert hyphens.unwanted == []
    assert {"aide", "soignante", "front"} <= set(hyphens.words)
    assert asked("data -l'infirmier").unwanted == ["infirmier"]


def test_short_forms_are_written_out():
    assert asked("responsable RH").written_out == ["ressources", "humaines"]
    assert "développeur" in asked("dev java").written_out
    assert asked("devops").written_out == []


def test_phrases_stand_in_quotation_marks_and_are_not_mended():
    typed = asked('"chef de pyhton" comptable -"stage java" «données»')
    assert typed.phrases == [["chef", "pyhton"], ["données"]]
    assert typed.unwanted_phrases == [["stage", "java"]]
    assert set(typed.words) == {"chef", "pyhton", "comptable", "données"}
    assert typed.did_you_mean is None


def test_only_what_was_mended_is_told_otherwise():
    assert asked('"pyhton" pyhton -pyhton').did_you_mean == '"pyhton" python -pyhton'
    assert asked("de\u0301velopeur").did_you_mean == "développeur"


def test_a_text_of_nonsense_is_not_mended_without_end(monkeypatch):
    looked_at = []
    monkeypatch.setattr(Speller, "mended", lambda self, word: looked_at.append(word))
    asked(" ".join(f"qzxv{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))
    assert len(looked_at) == 10
