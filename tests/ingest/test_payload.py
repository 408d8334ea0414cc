import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.database import transaction
from ingest.payload import parse, parse_page, to_json

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=[])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "body",
    [
        b'{"results": [',
        b"<html>busy</html>",
        b"",
        b'{"mean": NaN}',
        b'{"title": "caf\xe9"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_strict_json_is_refused(body):
    with pytest.raises(ValueError):  # noqa: PT011 - every kind of fault is one to the caller
        parse(body)


def test_ordinary_text_is_kept_as_it_is():
    ad = {"title": "Développeur·se 💻", "pay": "12,50 €"}
    assert json.loads(to_json(ad)) == ad
    assert parse(to_json(ad)) == (ad, False)


def test_what_jsonb_cannot_hold_is_replaced_and_the_rest_kept():
    body = b'{"id": "\\ud83d1", "title": "a\\u0000b", "description": "cut \\ud83d", "salary_min": 1e999}'
    kept = {
        "id": "\ufffd1",
        "title": "a\ufffdb",
        "description": "cut \ufffd",
        "salary_min": "inf",
    }
    assert parse(body) == (kept, True)


def test_a_spoilt_ad_takes_no_other_of_its_page_with_it():
    deep = b'{"a": ' * 5_000 + b"[" * 5_000 + b"1" + b"]" * 5_000 + b"}" * 5_000
    body = (
        b'{"results": [{"id": "1", "x": %s}, {"id": "2", "t": "caf\xe9 \\"["}, {"id": "3"}]}' % deep
    )
    page, was_replaced = parse_page(body)
    first, second, third = page["results"]
    assert was_replaced
    assert (first["id"], second, third) == ("1", {"id": "2", "t": 'caf\ufffd "['}, {"id": "3"})
    assert json.loads(to_json(page)) == page


def test_a_number_of_more_digits_than_python_takes_is_one_without_end():
    body = b'{"results": [{"salary_min": -%s}, {"salary_min": 2000}]}' % (b"9" * 10_000)
    kept = {"results": [{"salary_min": "-inf"}, {"salary_min": 2000}]}
    assert parse_page(body) == (kept, True)


def test_a_page_in_which_nothing_is_wrong_is_read_as_it_is():
    body = '{"results": [{"title": "Développeur·se 💻 \ufffd"}]}'.encode()
    assert parse_page(body) == parse(body)
    assert parse_page(body)[1] is False


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"results": [' + b'"\\"' * 100_000, b"<html>"])
def test_a_page_that_breaks_off_is_refused(body):
    with pytest.raises(ValueError):  # noqa: PT011 - every kind of fault is one to the caller
        parse_page(body)


@pytest.mark.parametrize("depth", [254, 255, 500])
def test_depths_that_can_be_read_are_written(depth):
    assert to_json(_nested(depth)) == b"[" * depth + b"]" * depth


def test_depths_that_cannot_be_written_are_refused():
    with pytest.raises(ValueError, match="too deeply"):
        to_json(_nested(100_000))


def _nested(depth):
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


@settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(value=JSON)
def test_jsonb_takes_whatever_an_api_may_send(connection, value):
    with transaction(connection) as cursor:
        cursor.execute(
            "select %s::jsonb", (to_json(parse(json.dumps(value).encode())[0]).decode(),)
        )
