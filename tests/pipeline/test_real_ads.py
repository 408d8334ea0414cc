"""Real ads, which are not part of the project: they lie in `shared/` beside it, or the tests skip."""

from datetime import date
from html import unescape

import pandas as pd
from houses import but_for_stays
from real_ads import read_ads, shared_file

from ingest.adzuna.identity import VOLATILE
from ingest.identity import ad_id_of
from ingest.payload import to_json
from ingest.simulator import SimulatorServer
from ingest.simulator.france_travail import FranceTravailServer

FRENCH = ("fr_all_sectors_2026-03.jsonl.gz", "fr_data_2025-12.jsonl.gz")


def test_every_french_ad_is_in_the_marts_or_told_why_not(house):
    ads = [ad for name in FRENCH for ad in read_ads(shared_file("adzuna", name))]
    day = date(2026, 3, 10)
    law = house.law(first := house.collect_from(ads, day))
    print(f"\n{len(ads):,} French ads: {law}")
    assert law["collected"] == len(ads) == 2_632
    ids = {ad_id_of(ad) for ad in ads}
    assert law["inserted"] + law["quarantined"] == len(ids)
    told = "select source_ad_id from marts.jobs union all select source_ad_id from marts.quarantined_ads"
    assert sorted(ad_id for (ad_id,) in house.query(told)) == sorted(ids)

    marts, model = house.marts(), house.model()
    law = house.law(second := house.collect_from(ads, day))
    print(f"again: {law}")
    assert second.batch_id == first.batch_id + 1
    assert (law["inserted"], law["updated"]) == (0, 0)
    assert law["unchanged"] + law["quarantined"] == len(ids)
    assert but_for_stays(house.marts()) == but_for_stays(marts)
    assert house.model() == model


def test_six_german_days_are_counted_as_the_files_alone_say(house, tmp_path):
    searches = tmp_path / "german.yml"
    searches.write_text("searches: [{name: germany, country: de, sweep_every_days: 0}]")
    days = sorted(shared_file("adzuna", "de_daily").glob("*.jsonl.gz"))
    assert len(days) == 6
    answers = pd.concat(
        pd.DataFrame(
            {
                "day": path.name.removesuffix(".jsonl.gz"),
                "id": [ad_id_of(ad) for ad in ads],
                "content": [to_json(ad, without=VOLATILE) for ad in ads],
            }
        )
        for path in days
        for ads in [read_ads(path)]
    )
    latest: dict[str, str] = {}
    open_before: set[str] = set()
    for path in days:
        name = path.name.removesuffix(".jsonl.gz")
        today = answers[answers.day == name].drop_duplicates("id").set_index("id").content.to_dict()
        expected = {
            "collected": int((answers.day == name).sum()),
            "inserted": sum(ad_id not in latest for ad_id in today),
            "updated": sum(ad_id in latest and latest[ad_id] != today[ad_id] for ad_id in today),
            "unchanged": sum(latest.get(ad_id) == today[ad_id] for ad_id in today),
            "repeated": int((answers.day == name).sum()) - len(today),
            "quarantined": 0,
            "vanished": len(open_before - set(today)),
        }
        batch = house.collect_from(read_ads(path), date.fromisoformat(name), searches=searches)
        print(f"\n{name}: {expected}")
        assert house.law(batch) == expected
        assert house.value("select count(*) from marts.jobs where not is_vanished") == len(today)
        latest.update(today)
        open_before = set(today)
    assert house.value("select count(*) from marts.jobs") == len(latest)
    assert house.value("select count(distinct language) from marts.jobs") >= 1


def test_adzuna_and_france_travail_side_by_side(house, tmp_path):
    """Two sources in one batch, each ad told; their pulls lie a year apart, so few are on both."""
    french = [ad for name in FRENCH for ad in read_ads(shared_file("adzuna", name))]
    offers = read_ads(shared_file("france_travail", "offres_2024-11-28.jsonl.gz"))
    day = date(2026, 3, 10)
    searches = tmp_path / "both.yml"
    searches.write_text(
        "searches: [{name: france, country: fr}, {name: data, source: france_travail}]"
    )
    with (
        SimulatorServer(french, today=day) as adzuna,
        FranceTravailServer(offers, today=day) as france_travail,
    ):
        batch = house.run(
            day,
            base_url=adzuna.base_url,
            searches=searches,
            france_travail_base_url=france_travail.base_url,
            france_travail_token_url=france_travail.token_url,
        )
    law = house.law(batch)
    by_source = house.query(
        "select source, count(*), count(*) filter (where is_canonical), count(salary_period),"
        " count(*) filter (where location_key <> -1) from marts.jobs group by source order by source"
    )
    both = house.value(
        "select count(*) from (select posting_group_id from marts.jobs group by 1"
        " having count(distinct source) > 1) as postings"
    )
    print(f"\n{law}\n{by_source}\npostings on both: {both}")
    assert law["inserted"] + law["quarantined"] == len({ad_id_of(ad) for ad in french + offers})
    told = {row[0]: row[1] for row in by_source}
    quarantined = dict(
        house.query("select source, count(*) from marts.quarantined_ads group by source")
    )
    assert told["france_travail"] + quarantined.get("france_travail", 0) == len(offers)
    assert house.query("select source, attribution from marts.sources order by 1") == [
        ("adzuna", "Jobs by Adzuna"),
        ("france_travail", "Source : France Travail"),
    ]


def test_an_offer_that_adzuna_shows_too_is_one_posting(house, tmp_path):
    """No posting is on both of the real pulls, so Adzuna's side is made of the offers: its own id and
    link, single blanks, no entities, the text cut at 500 characters, every second title in capitals, no
    company in every third."""
    offers = read_ads(shared_file("france_travail", "offres_2024-11-28.jsonl.gz"))
    shown = [as_on_adzuna(number, offer) for number, offer in enumerate(offers[::3])]
    day = date(2024, 11, 29)
    searches = tmp_path / "both.yml"
    searches.write_text(
        "searches: [{name: france, country: fr}, {name: data, source: france_travail}]"
    )
    with (
        SimulatorServer(shown, today=day) as adzuna,
        FranceTravailServer(offers, today=day) as france_travail,
    ):
        house.run(
            day,
            base_url=adzuna.base_url,
            searches=searches,
            france_travail_base_url=france_travail.base_url,
            france_travail_token_url=france_travail.token_url,
        )
    by_source = dict(house.query("select source, count(*) from marts.jobs group by source"))
    assert by_source == {"adzuna": len(shown), "france_travail": len(offers)}
    group_of = {
        (source, ad_id): group
        for source, ad_id, group in house.query(
            "select source, source_ad_id, posting_group_id from marts.jobs"
        )
    }
    offers_like: dict[tuple, set[str]] = {}
    for offer in offers:
        offers_like.setdefault(seen_of(as_on_adzuna(0, offer)), set()).add(offer["id"])
    apart = [
        ad["id"]
        for ad in shown
        if group_of["adzuna", ad["id"]]
        not in {group_of["france_travail", offer_id] for offer_id in offers_like[seen_of(ad)]}
    ]
    alike = sum(len(offers_like[seen_of(ad)]) > 1 for ad in shown)
    print(
        f"\n{len(shown) - len(apart)} of {len(shown)} offers are one posting on both; {alike} begin alike"
    )
    assert apart == []


def seen_of(ad: dict) -> tuple[str, str]:
    """What an ad that Adzuna cut can be known by. Offers of one employer, with one title, under its
    introduction of 500 characters are alike to anybody."""
    return ad["title"].lower(), ad["description"]


def as_on_adzuna(number: int, offer: dict) -> dict:
    text = " ".join(unescape(offer["description"]).split())
    title = offer["intitule"]
    company = offer.get("entreprise", {}).get("nom")
    return {
        "id": str(5_000_000_000 + number),
        "title": title.upper() if number % 2 else title,
        "description": text if len(text) <= 500 else text[:499] + "…",
        "created": offer["dateCreation"],
        "redirect_url": f"https://www.adzuna.fr/details/{5_000_000_000 + number}",
        "location": {"area": ["France"], "display_name": "France"},
        **({"company": {"display_name": company}} if company and number % 3 else {}),
    }
