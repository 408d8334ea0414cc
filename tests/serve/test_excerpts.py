"""Which part of a text is shown, and what in it is marked."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ml.corpus import Ad
from ml.model import build
from serve.excerpts import LONGEST, excerpt, spans

AD = Ad(
    UUID(int=1), "Développeuse Python", "développeur, développeuses : l'équipe soigne ses données"
)
VOCABULARY = build([AD], batch_id=1, created=datetime(2026, 1, 8, tzinfo=UTC)).vectorizer.vocabulary


def forms(*words: str) -> set[str]:
    return VOCABULARY.forms([VOCABULARY.column(word) for word in words])


def marked(text: str, *words: str) -> list[str]:
    return [text[begin:end] for begin, end in spans(text, forms(*words))]


def test_all_forms_of_a_word_are_marked_as_they_stand():
    text = "DÉVELOPPEUR (h/f), développeuses d'une Équipe : l’équipe Python 😀 python"
    assert marked(text, "développeuse") == ["DÉVELOPPEUR", "développeuses"]
    assert marked(text, "équipe", "python") == ["Équipe", "équipe", "Python", "python"]
    assert marked(text, "données") == []


def test_a_short_text_is_shown_whole():
    assert excerpt("python", [(0, 6)]) == ("python", [(0, 6)])


def test_of_a_long_text_the_part_with_most_of_what_was_asked_for():
    filler = "autre chose encore " * 30
    text = f"{filler}python et données {filler}données"
    shown = excerpt(text, spans(text, forms("python", "données")))
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert [shown.text[begin:end] for begin, end in shown.highlights] == ["python", "données"]


@given(st.text("ab é\n😀", max_size=900), st.data())
def test_what_is_marked_in_the_text_is_marked_in_its_part(text, data):
    places = st.tuples(st.integers(0, len(text)), st.integers(1, 9))
    found = sorted((a, min(a + n, len(text))) for a, n in data.draw(st.lists(places, max_size=5)))
    shown = excerpt(text, found)
    assert len(shown.text) <= LONGEST
    marks = [text[begin:end] for begin, end in found]
    for begin, end in shown.highlights:
        assert shown.text[begin:end] in marks
