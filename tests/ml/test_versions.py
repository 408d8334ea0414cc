"""The names of model versions."""

from datetime import date

import pytest

from ml.errors import BadVersion
from ml.versions import checked, version_name

DAY = date(2026, 1, 8)


def test_further_versions_of_a_day_are_numbered():
    taken: list[str] = ["tfidf_v20260107"]
    for _ in range(3):
        taken.append(version_name(DAY, taken))
    assert taken[1:] == ["tfidf_v20260108", "tfidf_v20260108.2", "tfidf_v20260108.3"]
    assert [checked(name) for name in taken] == taken


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../tfidf_v20260108",
        "tfidf_v20260108/..",
        "tfidf_v20260108/../../etc",
        "/tfidf_v20260108",
        "tfidf_v20260108\n",
        "tfidf_v20260108\x00",
        "tfidf_v20260108.",
        "tfidf_v20260108.0",
        "tfidf_v２０２６０１０８",
        "TFIDF_v20260108",
    ],
)
def test_other_names_are_refused(name):
    with pytest.raises(BadVersion, match="look like tfidf_v20260108"):
        checked(name)
