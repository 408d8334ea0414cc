import pytest

from core.errors import SettingsError
from core.paths import SEARCHES
from ingest.searches import load_searches


def test_as_shipped_one_search_asks_adzuna_for_all_of_france():
    (search,) = load_searches(SEARCHES)
    assert (search.source, search.country, search.query) == ("adzuna", "fr", {})
    assert search.sweep_every_days == 7
    assert search.shows_every_ad


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("searches: [{name: a, country: FR}]", "country"),
        ("searches: [{name: a, country: fr, waht: data}]", "waht"),
        ("searches: []", "searches"),
        ("searches: [{name: a, country: fr, source: monster}]", "monster"),
        ("searches: [{name: a, country: fr}]\nserches: []", "alone"),
        ("searches: [france]", "searches.0"),
        ("searches: [{country: fr}]", "name"),
        ("searches: [", "not YAML"),
        ("just words", "does not describe searches"),
        ("searches: [{name: a, country: fr}, {name: a, country: gb}]", "same name"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_the_field(tmp_path, text, told):
    path = tmp_path / "mine.yml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=told) as caught:
        load_searches(path)
    assert "mine.yml" in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        load_searches(tmp_path / "none.yml")


def test_a_search_for_recent_ads_does_not_show_every_ad(tmp_path):
    path = tmp_path / "recent.yml"
    path.write_text("searches: [{name: a, country: fr, max_days_old: 3}]")
    assert not load_searches(path)[0].shows_every_ad
