"""How often each peculiarity occurs, next to its share in 2,632 to 4,750 real French ads."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer


def amount(ad: dict) -> int:
    pay = ad.get("salary_min", 0)
    return pay if isinstance(pay, int) else 0


def text(pattern: str) -> Callable[[dict], object]:
    return lambda ad: re.search(pattern, ad["description"])


def title(pattern: str) -> Callable[[dict], object]:
    return lambda ad: re.search(pattern, ad.get("title", ""))


def levels(number: int) -> Callable[[dict], bool]:
    return lambda ad: len(ad["location"]["area"]) == number


@pytest.mark.parametrize(
    ("real", "tolerance", "has"),
    [
        pytest.param(0.155, 0.02, lambda ad: "salary_min" in ad, id="pay"),
        pytest.param(0.009, 0.004, lambda ad: 0 < amount(ad) < 100, id="pay by the hour"),
        pytest.param(0.012, 0.005, lambda ad: 100 <= amount(ad) < 1_000, id="by the day"),
        pytest.param(0.0145, 0.006, lambda ad: 1_000 <= amount(ad) < 8_000, id="by the month"),
        pytest.param(0.12, 0.02, lambda ad: amount(ad) >= 8_000, id="by the year"),
        pytest.param(
            0.0013, 0.0012, lambda ad: amount(ad) and "salary_max" not in ad, id="no maximum"
        ),
        pytest.param(0.006, 0.005, lambda ad: ad["salary_is_predicted"] == "1", id="predicted"),
        pytest.param(0.02, 0.01, text(r"(?i)\d ?k€|TJM|€ brut|annuelle :"), id="pay in words"),
        pytest.param(0.976, 0.01, lambda ad: ad["description"][499:] == "…", id="cut at 500"),
        pytest.param(0.11, 0.02, text(r"\b([Tt]he|[Yy]ou|[Yy]our|[Oo]ur)\b"), id="English"),
        pytest.param(0.005, 0.003, text(r"&\w+;"), id="entities"),
        pytest.param(0.01, 0.005, text(r"\w\?\w"), id="lost characters"),
        pytest.param(0.004, 0.003, text("[\u200b\u200d\ufeff]"), id="zero width"),
        pytest.param(0.005, 0.003, text("[\u00a0\u202f]"), id="no-break spaces"),
        pytest.param(0.014, 0.006, text("[\u2600-\u27bf\U0001f300-\U0001faff]"), id="emoji"),
        pytest.param(
            0.003,
            0.002,
            lambda ad: unicodedata.normalize("NFC", ad["description"]) != ad["description"],
            id="decomposed accents",
        ),
        pytest.param(0.49, 0.03, title(r"(?i)\b(h/f|f/h)\b"), id="H/F"),
        pytest.param(0.11, 0.02, lambda ad: ad.get("title", "").isupper(), id="capitals"),
        pytest.param(0.042, 0.015, title(r"\(CDI\)"), id="(CDI)"),
        pytest.param(0.009, 0.006, title(r"\(IT\)"), id="(IT)"),
        pytest.param(0.007, 0.003, lambda ad: "display_name" not in ad["company"], id="nameless"),
        pytest.param(0.11, 0.02, levels(1), id="France alone"),
        pytest.param(0.034, 0.015, levels(2), id="region"),
        pytest.param(0.27, 0.04, levels(3), id="department"),
        pytest.param(0.22, 0.04, levels(4), id="district"),
        pytest.param(0.34, 0.04, levels(5), id="commune"),
        pytest.param(0.025, 0.02, levels(6), id="quarter"),
        pytest.param(0.13, 0.02, lambda ad: "latitude" not in ad, id="no coordinates"),
        pytest.param(0.6, 0.03, lambda ad: ad["category"]["tag"] == "unknown", id="no category"),
        pytest.param(
            0.5, 0.03, lambda ad: not {"contract_type", "contract_time"} & set(ad), id="no contract"
        ),
        pytest.param(0.08, 0.03, lambda ad: ad["created"] < "2025-11-01", id="old"),
        pytest.param(0.011, 0.01, lambda ad: ad["created"] < "2025-01-01", id="very old"),
    ],
)
def test_a_peculiarity_is_as_frequent_as_in_real_ads(objects, real, tolerance, has):
    share = sum(bool(has(ad)) for ad in objects) / len(objects)
    assert share == pytest.approx(real, abs=tolerance)


def test_a_few_ads_are_unusable_in_every_way(world, objects):
    ways = Counter(
        no_object=len(world) - len(objects),
        no_title=sum("title" not in ad for ad in objects),
        no_link=sum("redirect_url" not in ad for ad in objects),
        undated=sum(not re.match(r"\d{4}-\d\d-\d\dT", ad["created"]) for ad in objects),
        pay_in_words=sum(isinstance(ad.get("salary_min"), str) for ad in objects),
    )
    assert all(ways.values())
    assert 0.0015 < ways.total() / len(world) < 0.005


def test_one_ad_in_six_repeats_another_mostly_in_another_town(objects):
    postings = Counter((ad.get("title"), ad["company"].get("display_name")) for ad in objects)
    repeats = sum(number - 1 for number in postings.values())
    assert repeats / len(objects) == pytest.approx(0.17, abs=0.03)
    assert max(postings.values()) >= 10
    texts = Counter(ad["description"] for ad in objects)
    assert sum(number - 1 for number in texts.values()) > 0.8 * repeats


def test_coordinates_come_in_pairs_and_a_few_are_wrong(objects):
    placed = [ad for ad in objects if "latitude" in ad or "longitude" in ad]
    assert all("latitude" in ad and "longitude" in ad for ad in placed)
    in_europe = [41 < ad["latitude"] < 52 and -6 < ad["longitude"] < 10 for ad in placed]
    overseas = sum("DOM-TOM" in ad["location"]["area"] for ad in placed)
    assert 5 < in_europe.count(False) - overseas < 60


def test_names_are_spelt_in_several_ways(objects):
    regions = {ad["location"]["area"][1] for ad in objects if len(ad["location"]["area"]) > 1}
    assert {"Ile-de-France", "Île-de-France", "Pays de la Loire", "Pays-de-la-Loire"} <= regions
    spelt = {ad["company"].get("display_name") for ad in objects}
    assert {"Orvélane Conseil", "ORVÉLANE CONSEIL", "orvélane conseil"} <= spelt


def test_only_the_fields_that_adzuna_knows_occur(objects):
    always = {"__CLASS__", "id", "title", "description", "created", "redirect_url", "company"}
    always |= {"category", "location", "salary_is_predicted"}
    seldom = {"latitude", "longitude", "salary_min", "salary_max", "contract_type"}
    assert set().union(*objects) == always | seldom | {"contract_time"}
    assert sum(always <= set(ad) for ad in objects) > 0.99 * len(objects)
    assert {ad["salary_is_predicted"] for ad in objects} == {"0", "1"}


def test_texts_tell_the_trades_apart(objects):
    """The ad most like another one by its words is nearly always of the same category."""
    known = {ad["description"]: ad["category"]["tag"] for ad in objects}
    texts = [text for text, tag in known.items() if tag != "unknown"][:1_500]
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    likeness = (matrix @ matrix.T).tolil()
    likeness.setdiag(0)
    nearest = likeness.tocsr().argmax(axis=1).A1
    same = [known[text] == known[texts[n]] for text, n in zip(texts, nearest, strict=True)]
    assert sum(same) / len(same) > 0.9
