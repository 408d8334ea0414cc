"""Real ads, swept through the simulator with a ceiling that they do not fit under."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from real_ads import read_ads, shared_file
from walked import SEARCH, SECRET, StoppedClock, ids, over_http, source_of, walk_to_the_end

from ingest.france_travail.identity import canonical_link, identify
from ingest.simulator.france_travail import FranceTravailServer

CEILING = 300
DAY = date(2024, 11, 28)


@pytest.fixture(scope="module")
def ads() -> list[dict]:
    return read_ads(shared_file("france_travail", "offres_2024-11-28.jsonl.gz"))


@pytest.fixture(scope="module")
def server(ads):
    with FranceTravailServer(ads, today=DAY, client_secret=SECRET, most_ads=CEILING) as running:
        yield running


def test_a_sweep_finds_every_ad_behind_the_ceiling(ads, server):
    source = source_of(server, most_ads=CEILING)
    asked, found, end = walk_to_the_end(source.sweep(SEARCH, None), over_http(source))
    assert end.is_complete
    assert ids(found) == ids(ads)
    assert len(ids(found)) == 1_049
    # the pages of 1,049 ads are 7; the ceiling of two pages makes the rest
    assert len(asked) < 40


def test_identity_does_not_hang_on_the_way_an_ad_was_found(ads, server):
    source = source_of(server, most_ads=CEILING)
    _, found, _ = walk_to_the_end(source.sweep(SEARCH, None), over_http(source))
    again = {source.identify("fr", ad) for ad in found}
    assert again == {identify("fr", ad) for ad in ads}
    assert len({identity.job_id for identity in again}) == 1_049


def test_the_canonical_link_is_the_page_that_the_source_names(ads):
    assert all(canonical_link(ad["id"]) == ad["origineOffre"]["urlOrigine"] for ad in ads)


def test_news_bring_what_came_since_and_stop_at_what_is_known(ads, server):
    source = source_of(server, clock=StoppedClock(datetime(2024, 11, 28, 20, tzinfo=UTC)))
    since = datetime(2024, 11, 27, 20, tzinfo=UTC)
    new = {ad["id"] for ad in ads if ad["dateCreation"] > "2024-11-27T20"}
    known = ids(ads) - new
    asked, found, end = walk_to_the_end(
        source.news(SEARCH, since, None), over_http(source, known=known)
    )
    assert end.is_complete
    assert new <= ids(found)
    assert len(asked) <= 2
    assert Counter(ad["id"] for ad in found).most_common(1)[0][1] == 1
