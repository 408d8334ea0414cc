"""Completions of what somebody has typed so far."""

from ml.suggest import Suggester

SUGGESTER = Suggester(
    [
        "développeur",
        "développement",
        "data engineer",
        "data",
        "Docker",
        "engineer",
        "zèbre",
        "never",
    ],
    [50, 80, 20, 90, 70, 40, 1, 0],
)


def texts(text: str, top: int = 10) -> list[str]:
    return [suggestion.text for suggestion in SUGGESTER.complete(text, top)]


def test_what_most_ads_say_comes_first_in_any_case_and_without_accents():
    assert texts("DEVEL") == ["développement", "développeur"]
    assert texts("d") == ["data", "développement", "Docker", "développeur", "data engineer"]
    assert texts("d", top=2) == ["data", "développement"]


def test_the_whole_text_is_completed_before_its_last_word():
    assert texts("data en") == ["data engineer"]
    assert texts("senior doc") == ["senior Docker"]
    assert texts("zebre d", top=1) == ["zebre data"]


def test_how_many_ads_say_it_is_told():
    assert [suggestion.ads for suggestion in SUGGESTER.complete("devel", 10)] == [80, 50]


def test_what_nobody_says_is_not_suggested():
    assert texts("ne") == texts("xyz") == texts("data x") == []
