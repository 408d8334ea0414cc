"""A batch that is far worse than those before it is built and not shown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from generated import DAY, ads_of

from core.errors import PublicationHeld
from ingest.simulator import SimulatorServer
from pipeline.gate import Figures, falls

USUAL = Figures(1_000, 0.5, 0.9, 80, 200, 0.4, 0.8)
NIGHT = DAY + timedelta(days=1)
PUBLISHED = "select batch_id from ops.publication"


def without_pay(ads: list) -> list:
    """As after a change of the source: no field and no text tells what is paid."""
    return [_silent(ad) if isinstance(ad, dict) else ad for ad in ads]


def _silent(ad: dict) -> dict:
    text = ad.get("description")
    said = text.translate(dict.fromkeys(map(ord, "0123456789€"))) if isinstance(text, str) else text
    return {**ad, "salary_min": None, "salary_max": None, "description": said}


def test_a_batch_without_pay_waits_until_somebody_lets_it_through(published):
    house = published
    shown = house.marts()
    with SimulatorServer(without_pay(ads_of(1)), today=NIGHT) as simulator:
        with pytest.raises(PublicationHeld, match="of the open ads tell their pay, where"):
            house.run(NIGHT, base_url=simulator.base_url)
    assert house.value(PUBLISHED) == 1
    assert house.marts() == shown
    held = house.jobdash("stage", "export", "--date", str(NIGHT))
    assert f"`jobdash publish --date {NIGHT} --because" in held.communicate(timeout=60)[1]
    assert held.returncode == 10

    asked = ("publish", "--date", str(NIGHT), "--because", "the source tells no pay any more")
    let_through = house.jobdash(*asked)
    said, errors = let_through.communicate(timeout=60)
    assert let_through.returncode == 0, errors
    assert "batch 2 is published" in said
    assert house.value(PUBLISHED) == 2
    assert house.query("select batch_id, reason from ops.batches_let_through") == [
        (2, "the source tells no pay any more")
    ]
    again = house.jobdash(*asked)
    assert "published already" in again.communicate(timeout=60)[0]


def test_what_is_measured_is_what_is_shown_next(published):
    house = published
    house.collect_from(ads_of(1), NIGHT)
    measured = house.query(
        "select open_ads, pay_share, quality_score, new_ads from ops.batch_figures where batch_id = 2"
    )
    (expected,) = house.query(
        "select count(*), avg(has_salary::integer)::float, avg(data_quality_score)::float,"
        " count(*) filter (where first_seen_date = %s) from marts.jobs where is_open",
        NIGHT,
    )
    assert measured == [expected]
    assert expected[3] > 0


@pytest.mark.parametrize(
    ("fallen", "told"),
    [
        ({"open_ads": 699}, ["699 open ads, where 1,000 are usual"]),
        ({"open_ads": 700}, []),
        ({"pay_share": 0.34}, ["34% of the open ads tell their pay, where 50% are usual"]),
        ({"skill_share": 0.62}, ["62% of the open ads tell their skills, where 90% are usual"]),
        ({"pay_share": 0.35, "skill_share": 0.64}, []),
        ({"new_pay_share": 0, "new_skill_share": 0}, []),
        ({"new_ads": 0}, []),
        ({"open_ads": 9_000, "pay_share": 1, "skill_share": 1}, []),
    ],
)  # fmt: skip
def test_only_a_cliff_holds_a_batch(fallen, told):
    assert list(falls(replace(USUAL, **fallen), USUAL)) == told


def test_a_share_that_is_small_by_itself_falls_off_no_cliff():
    usual = replace(USUAL, pay_share=0.02, new_pay_share=0.02)
    assert list(falls(replace(usual, pay_share=0.01, new_pay_share=0), usual)) == []
    usual = replace(USUAL, pay_share=0.08)
    assert len(list(falls(replace(usual, pay_share=0.02), usual))) == 1


def test_the_first_batch_and_one_after_very_few_ads_have_no_usual():
    nothing = Figures(0, 0, 0, 0, 0, 0, 0)
    assert list(falls(nothing, Figures(*[None] * 7))) == []
    assert list(falls(nothing, replace(USUAL, open_ads=99))) == []
