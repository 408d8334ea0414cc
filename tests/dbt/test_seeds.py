"""The look-ups hold what the models rely on: keys, words as `tokens_of` cuts them, places as keys."""

import re
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"
TOKEN = re.compile(r"\.net\b|[^\W_]+(?:[.+#&'-]*[^\W_]+)*[+#]*", re.IGNORECASE)
ELISION = re.compile(r"^([dljmtscn]|qu|jusqu|lorsqu|puisqu)'", re.IGNORECASE)


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


@pytest.fixture(scope="module")
def aliases() -> pd.DataFrame:
    return read("skill_aliases")


@pytest.mark.parametrize(
    ("seed", "column"),
    [
        ("countries", "country_code"),
        ("departments", "department_code"),
        ("departments", "department_alias"),
        ("regions", "region_alias"),
        ("skill_taxonomy", "skill_key"),
        ("skill_taxonomy", "skill_name"),
        ("skill_aliases", "alias"),
    ],
)
def test_keys_are_there_and_unique(seed, column):
    values = read(seed)[column]
    assert (values != "").all()
    assert not values[values.duplicated()].tolist()


def test_every_skill_has_a_name_in_ads_and_every_alias_a_skill(aliases):
    assert set(aliases["skill_key"]) == set(read("skill_taxonomy")["skill_key"])


def test_aliases_are_words_as_ads_are_cut_into(aliases):
    cut = aliases["alias"].map(
        lambda alias: [ELISION.sub("", word) for word in TOKEN.findall(alias)]
    )
    assert not aliases["alias"][cut.str.join(" ") != aliases["alias"]].tolist()
    assert cut.str.len().between(1, 3).all()


def test_case_is_kept_only_where_it_counts(aliases):
    assert set(aliases["is_case_sensitive"]) == {"true", "false"}
    folded = aliases["is_case_sensitive"] == "false"
    assert not aliases["alias"][
        folded & (aliases["alias"] != aliases["alias"].str.lower())
    ].tolist()


def test_words_in_any_case_stand_for_one_skill_alone(aliases):
    skills = aliases.groupby(aliases["alias"].str.lower())["skill_key"].nunique()
    assert not skills[skills > 1].index.tolist()


def test_aliases_are_found_without_their_accents(aliases):
    bare = set(aliases["alias"].map(without_accents))
    assert not bare - set(aliases["alias"])


def test_contexts_are_categories(aliases):
    named = {category for cell in aliases["context_categories"] for category in cell.split("|")}
    assert named - {""} <= set(read("skill_taxonomy")["skill_category"])


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
