"""The look-ups hold what the models rely on: keys, words as `words_of` cuts them, places as keys."""

import re
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"
WORD = re.compile(r"[^\W_]+'|[^\W_.+#&]*(?:[.+#&]+[^\W_.+#&]+)*[+#]*")
JOINING = re.compile(r"(d[eu']?|des|l[a']?|les?|une?|a|aux?|h|f|&|of|the|an)")


def read(name: str) -> pd.DataFrame:
    # codes such as "01" and empty contexts are text
    return pd.read_csv(SEEDS / f"{name}.csv", dtype=str, keep_default_na=False)


def place_key(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower())
    letters = "".join(character for character in bare if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("œ", "oe"))
    return "".join(character for character in bare if not unicodedata.combining(character))


def plain_words(alias: str) -> str:
    words = WORD.findall(without_accents(alias.lower()))
    return " ".join(
        word[:-1] if re.search(r"s$|aux$|eux$", word) else word
        for word in words
        if word and not JOINING.fullmatch(word)
    )


@pytest.fixture(scope="module")
def aliases() -> pd.DataFrame:
    return read("skill_aliases").assign(plain=lambda seed: seed["alias"].map(plain_words))


@pytest.mark.parametrize(
    ("seed", "column"),
    [
        ("countries", "country_code"),
        ("departments", "department_code"),
        ("departments", "department_alias"),
        ("regions", "region_alias"),
        ("skill_taxonomy", "skill_key"),
        ("skill_taxonomy", "skill_name"),
    ],
)
def test_keys_are_there_and_unique(seed, column):
    values = read(seed)[column]
    assert (values != "").all()
    assert not values[values.duplicated()].tolist()


def test_every_skill_has_a_name_in_ads_and_every_alias_a_skill(aliases):
    assert set(aliases["skill_key"]) == set(read("skill_taxonomy")["skill_key"])


def test_aliases_are_one_to_four_words_as_ads_are_cut_into(aliases):
    assert aliases["plain"].str.split().str.len().between(1, 4).all()


def test_an_alias_of_a_skill_is_written_once(aliases):
    folded = aliases[aliases["is_case_sensitive"] == "false"]
    for kind in (folded["context_categories"] == "never", folded["context_categories"] != "never"):
        written = folded[kind]
        assert not written["alias"][written.duplicated(["skill_key", "plain"])].tolist()
    assert not aliases["alias"][aliases.duplicated(["skill_key", "alias"])].tolist()


def test_case_is_kept_only_where_it_counts(aliases):
    assert set(aliases["is_case_sensitive"]) == {"true", "false"}
    folded = aliases["is_case_sensitive"] == "false"
    assert not aliases["alias"][
        folded & (aliases["alias"] != aliases["alias"].str.lower())
    ].tolist()


def test_contexts_are_categories(aliases):
    named = {category for cell in aliases["context_categories"] for category in cell.split("|")}
    assert named - {"", "title", "never"} <= set(read("skill_taxonomy")["skill_category"])


def test_what_is_never_meant_stands_alone_and_holds_an_alias_of_the_skill(aliases):
    never = aliases["context_categories"].str.contains("never")
    assert (aliases["context_categories"][never] == "never").all()
    others = aliases[~never].groupby("skill_key")["plain"].agg(list)
    for row in aliases[never].itertuples():
        assert any(f" {plain} " in f" {row.plain} " for plain in others[row.skill_key]), row.alias


def test_words_of_two_meanings_need_a_context(aliases):
    contexts = aliases.set_index("alias")["context_categories"]
    for alias in ["C", "R", "Go", "SAS", "Word", "Sage", "Ciel", "docker", "erp", "gcp", "dbt"]:
        assert contexts[alias], alias


def test_common_words_are_no_skills(aliases):
    common = [
        "access",
        "office",
        "teams",
        "make",
        "flow",
        "chef",
        "vue",
        "tableau",
        "sas",
        "go",
        "spring",
    ]
    assert not set(common) & set(aliases["alias"])


def test_places_are_complete_and_written_like_place_key():
    departments, regions = read("departments"), read("regions")
    assert len(departments) == 101
    assert regions["region_code"].nunique() == regions["region_name"].nunique() == 18
    assert set(departments["region_name"]) == set(regions["region_name"])
    assert (departments["department_name"].map(place_key) == departments["department_alias"]).all()
    assert (regions["region_alias"].map(place_key) == regions["region_alias"]).all()
    assert set(regions["region_name"].map(place_key)) <= set(regions["region_alias"])
