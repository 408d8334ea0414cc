"""Which ads are one posting, night after night: as they come, change, join and part."""

from datetime import timedelta

from generated import DAY, ads_of
from houses import House, build_from_nothing

# Each is one piece of a text: it begins with one of the letters at which texts fall into pieces.
WELDING = (
    "Pour souder des cadres et des cuves en acier.",
    "Par roulement, en journée ou la nuit, selon le travail.",
    "Bonne vue, calme et goût du travail soigné.",
    "Place de stationnement et cantine sur le site.",
)
SELLING = (
    "Pour écouter, conseiller et servir les clients.",
    "Bienvenue aux retraités et aux étudiants.",
    "Prime de fin d'année et mutuelle à deux.",
    "Bureau clair, au calme, avec vue sur un jardin.",
)
BUILDING = (
    "Pelle et truelle en main, vous montez des murs.",
    "Briques et mortier font votre quotidien.",
    "Permis de conduire utile sans être exigé.",
)
CRANES = (
    "Piloter une grue à tour sur un grand chantier.",
    "Bras levé, charge au bout, regard au loin.",
    "Brevet de grutier utile, sans être exigé.",
)


def ad(number: int, *sentences: str, title: str = "Soudeur", **others: object) -> dict:
    return {
        "id": str(number),
        "title": title,
        "description": " ".join(sentences),
        "company": {"display_name": "Atelier Mercier"},
        "location": {"area": ["France", "Bretagne", "Finistère", "Brest"], "display_name": "Brest"},
        "redirect_url": f"https://www.adzuna.fr/details/{number}",
        "created": f"2026-01-0{number}T08:00:00Z",  # a sweep reads the oldest first
        **others,
    }


def postings(house: House) -> set[frozenset[str]]:
    """Of the ads above, whose ids have one digit."""
    return {
        frozenset(ads)
        for (ads,) in house.query(
            "select array_agg(source_ad_id) from marts.jobs where length(source_ad_id) = 1"
            " group by posting_group_id"
        )
    }


def test_copies_say_what_they_are_and_two_jobs_with_one_introduction_stay_two(house):
    lorient = ["France", "Bretagne", "Morbihan", "Lorient"]
    introduction = (
        "Mercier soude depuis trente ans, à Brest et ailleurs, et recrute encore une fois."
    )
    house.collect_from(
        [
            ad(1, *WELDING, title="Soudeur (H/F)"),
            ad(2, *WELDING, title="SOUDEUSE - Lorient", location={"area": lorient}),
            ad(3, *WELDING[:3], SELLING[3], title="Soudeurs F/H", company={"display_name": "Quid"}),
            ad(4, "Notre client vous attend.", *WELDING),
            ad(5, introduction, *BUILDING, title="Maçon"),
            ad(6, introduction, *BUILDING, title="Maçon en chef"),
            ad(7, *SELLING, title="Maçon"),
        ],
        DAY,
    )
    assert house.query(
        "select source_ad_id, copy_kind, copy_reason from marts.jobs order by source_ad_id"
    ) == [
        ("1", None, None),
        ("2", "multi_location", "in another place: same title, same text"),
        ("3", "agency", "by another company: same title, 0.75 of the text"),
        ("4", "repost", "once more: same title, same text"),
        ("5", None, None),
        ("6", None, None),
        ("7", None, None),
    ]
    assert postings(house) == {frozenset("1234"), frozenset("5"), frozenset("6"), frozenset("7")}


def test_nights_of_ads_that_come_change_join_and_part_end_as_a_build_from_nothing(house):
    first, second, between = ad(1, *WELDING), ad(2, *SELLING), ad(3, *WELDING[:2], *SELLING[:2])
    paid = ad(6, *CRANES, "Salaire : 30 k€ par an.", title="Grutier")
    silent = ad(6, *CRANES, title="Grutier")
    nights = [
        ([first, second, paid], [{"1"}, {"2"}, {"6"}]),
        # one that agrees with both makes them one
        ([first, second, between, paid], [{"1", "2", "3"}, {"6"}]),
        # and no longer; another no longer says what it pays
        (
            [first, second, ad(3, *BUILDING), ad(4, *WELDING), silent],
            [{"1", "4"}, {"2"}, {"3"}, {"6"}],
        ),
        # the ad that the others were held against leaves them, and comes first elsewhere
        (
            [ad(1, *BUILDING), second, ad(3, *BUILDING), ad(4, *WELDING), ad(5, *WELDING), silent],
            [{"1", "3"}, {"2"}, {"4", "5"}, {"6"}],
        ),
    ]
    for days_later, (ads, expected) in enumerate(nights):
        batch = house.collect_from([*ads, *ads_of(days_later)], DAY + timedelta(days=days_later))
        assert postings(house) == {frozenset(posting) for posting in expected}, days_later
        standing = house.query(
            "select source_ad_id from marts.jobs where is_canonical and length(source_ad_id) = 1"
        )
        assert {ad_id for (ad_id,) in standing} == {min(posting) for posting in expected}
    law = house.law(batch)
    assert min(law["inserted"], law["unchanged"], law["vanished"]) > 0

    # keys are given in the order of arrival and batches name the last change: both are history
    history = ("batch_id", "job_key", "company_key", "location_key")
    incremental = house.marts(without=history)
    build_from_nothing(house)
    rebuilt = house.marts(schema="marts_next", without=history)
    assert {mart for mart in rebuilt if rebuilt[mart] != incremental[mart]} == set()
