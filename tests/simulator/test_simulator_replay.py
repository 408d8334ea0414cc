"""Real answers, kept in files and served again."""

import gzip
import json
from pathlib import Path

import pytest

from ingest.simulator import SimulatorServer, load_ads

AD = {
    "id": "41",
    "title": "Boulangère à l'aube",
    "created": "2026-01-05T04:00:00Z",
    "redirect_url": "https://www.adzuna.fr/details/41?utm_medium=api",
    "description": "Pétrir, façonner, cuire.\u2028Puis dormir.",
}


def write(path: Path, *ads: object) -> Path:
    text = "\n".join(json.dumps(ad, ensure_ascii=False) for ad in ads) + "\n\n"
    content = text.encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def test_plain_and_packed_files_are_served_one_after_the_other(tmp_path, day, ask):
    again = AD | {"title": "Boulanger"}
    files = [write(tmp_path / "a.jsonl", AD), write(tmp_path / "b.jsonl.gz", again, "odd")]
    ads = load_ads(None, seed=1, day=day, files=files)
    assert ads == [AD, again, "odd"]
    with SimulatorServer(ads, today=day) as server:
        results = ask(server, "jobs/fr/search/1").json()["results"]
    titles = sorted(ad["title"] for ad in results if isinstance(ad, dict))
    assert titles == ["Boulanger", "Boulangère à l'aube"]  # a repeated id is shown twice
    assert "odd" in results
    links = [ad["redirect_url"] for ad in results if isinstance(ad, dict)]
    assert len({AD["redirect_url"], *links}) == 3


def test_files_can_join_a_generated_world(tmp_path, day):
    ads = load_ads(40, seed=1, day=day, files=[write(tmp_path / "a.jsonl", AD)])
    assert len(ads) == 41
    assert ads[40] == AD


def test_ads_of_any_shape_can_be_searched(tmp_path, day, ask):
    shapes = [
        {},
        {"id": 7, "title": None, "company": "Durand", "location": [], "created": 20260105},
        {"id": "8", "company": None, "category": None, "location": {"area": None}},
        {"id": "9", "redirect_url": None, "salary_min": "beaucoup"},
        None,
    ]
    with SimulatorServer(shapes, today=day) as server:
        for asked in ({}, {"what": "durand"}, {"where": "Lyon"}, {"sort_by": "date"}):
            assert ask(server, "jobs/fr/search/1", **asked).status_code == 200
        assert len(ask(server, "jobs/fr/search/1").json()["results"]) == len(shapes)


def test_an_ad_without_a_link_is_answered_without_one(day, ask):
    kept = AD.keys() - {"redirect_url"}
    with SimulatorServer([{name: AD[name] for name in kept}], today=day) as server:
        answered = ask(server, "jobs/fr/search/1").json()["results"]
    assert [ad.keys() for ad in answered] == [kept | {"adref"}]


def test_a_file_of_another_kind_is_refused(tmp_path, day):
    with pytest.raises(ValueError, match=r"ads\.csv: ads are replayed from \.jsonl"):
        load_ads(None, 1, day, [tmp_path / "ads.csv"])


def test_a_missing_file_is_named(tmp_path, day):
    with pytest.raises(ValueError, match=r"gone\.jsonl: cannot be read"):
        load_ads(None, 1, day, [tmp_path / "gone.jsonl"])


def test_a_packed_file_that_breaks_off_is_named(tmp_path, day):
    file = write(tmp_path / "half.jsonl.gz", AD)
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(ValueError, match=r"half\.jsonl\.gz: cannot be read"):
        load_ads(None, 1, day, [file])


def test_a_line_that_is_not_json_is_numbered(tmp_path, day):
    file = tmp_path / "bad.jsonl"
    file.write_text(json.dumps(AD) + "\n\n{'id': 1}\n")
    with pytest.raises(ValueError, match=r"bad\.jsonl, line 3: not JSON"):
        load_ads(None, 1, day, [file])


def test_nothing_to_serve_is_an_error_that_says_what_to_give(day):
    with pytest.raises(ValueError, match="how many ads to generate or which files to replay"):
        load_ads(None, 1, day, [])
