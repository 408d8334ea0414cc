"""Files of JSON lines, landed into a real database."""

import gzip
import json
import re
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import closing

import pytest
from nights import DAY, at_night

from core.batches import Batch
from core.database import connect, transaction
from core.errors import SettingsError
from core.paths import ROOT
from ingest.clock import DatabaseClock
from ingest.files import lines
from ingest.files.mapping import load_mapping
from ingest.files.reading import read_files
from ingest.files.search import FileSearch
from ingest.reading import Teller

LINKEDIN = ROOT / "mappings" / "linkedin.yml"


def line(number: int, **fields: object) -> dict:
    """An ad as a LinkedIn export has it, made up."""
    return {
        "job_id": 4_000_000_000 + number,
        "title": "Soudeur H/F",
        "company_name": "Atelier Mercier",
        "description": "Vous soudez des cadres.\nÀ l'atelier.",
        "location": "Nantes, Pays de la Loire, France",
        "listed_time": 1_767_700_000_000.0,
        "views": number,
        **fields,
    }


@pytest.fixture
def file_of(tmp_path):
    def file_of(rows: list, name: str = "ads.jsonl"):
        content = b"".join(
            (row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode())
            + b"\n"
            for row in rows
        )
        path = tmp_path / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return file_of


@pytest.fixture
def land(connection):
    """Reads files in a batch; returns what was told."""

    def land(path, batch_id: int = 1, **options: object) -> list[str]:
        told: list[str] = []
        search = FileSearch(name="export", path=str(path), mapping=str(LINKEDIN), **options)
        read_files(
            connection,
            DatabaseClock(connection),
            Batch(batch_id, DAY),
            [search],
            Teller(page=lambda *_: None, note=told.append),
        )
        return told

    return land


@pytest.fixture
def query(connection):
    def query(statement: str) -> list[tuple]:
        with transaction(connection) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    return query


def outcomes(query, batch_id: int) -> dict[str, int]:
    return dict(
        query(
            f"select outcome, count(*) from raw.sightings where batch_id = {batch_id}"
            " group by outcome"
        )
    )


@pytest.mark.parametrize("name", ["ads.jsonl", "ads.jsonl.gz"])
def test_lines_land_as_they_are_and_only_changed_ones_again(land, file_of, query, name):
    path = file_of([line(1), line(2), line(1), line(3, title="Chef·fe d'équipe\t\\ «é»")], name)
    land(path)
    assert outcomes(query, 1) == {"inserted": 3, "repeated": 1}
    assert query("select payload ->> 'title' from raw.ads where ad_id = '4000000003'") == [
        ("Chef·fe d'équipe\t\\ «é»",)
    ]
    file_of([line(1, views=999), line(2, title="Soudeuse"), line(4)], name)
    land(path, batch_id=2)
    assert outcomes(query, 2) == {"inserted": 1, "updated": 1, "unchanged": 1}
    assert query("select source, country, count(*) from raw.ads group by 1, 2") == [
        ("linkedin", "fr", 5)
    ]
    assert query("select sum(ads) from raw.requests") == [(7,)]


def test_a_line_that_is_no_json_is_kept_with_its_bytes_and_the_rest_goes_on(land, file_of, query):
    told = land(file_of([line(1), b'{"job_id": 2, "title"', b"", b"\xff\xfe", line(5)]))
    assert outcomes(query, 1) == {"inserted": 2}
    kept = query("select reason, body from raw.malformed order by malformed_id")
    assert [(reason.split(":")[0], bytes(body)) for reason, body in kept] == [
        ("line 2 of ads.jsonl is not JSON", b'{"job_id": 2, "title"\n'),
        ("line 4 of ads.jsonl is not JSON", b"\xff\xfe\n"),
    ]
    assert "2 lines of ads.jsonl are not JSON" in told[0]


def test_what_jsonb_cannot_hold_is_replaced(land, file_of, query):
    land(file_of([rb'{"job_id": 7, "title": "a\u0000b \ud83d", "pay": 1e999}', b'"words"', b"[]"]))
    assert query("select payload ->> 'title' from raw.ads where ad_id = '7'") == [
        ("a\ufffdb \ufffd",)
    ]
    assert query("select count(*) from raw.ads where ad_id is null") == [(2,)]


@pytest.mark.parametrize(
    "number",
    ["1e-20000", "1E-20000", "0." + "0" * 20_000 + "1", "9" * 400, "-1e999", "1e-5", "9" * 30],
)
def test_a_number_that_jsonb_cannot_hold_does_not_stop_the_file(land, file_of, query, number):
    land(file_of([b'{"job_id": 7, "pay": %b}' % number.encode(), line(8)]))
    assert outcomes(query, 1) == {"inserted": 2}


def test_lines_in_another_order_of_fields_are_unchanged(land, file_of, query):
    land(file_of([line(1)]))
    land(file_of([dict(reversed(line(1).items()))]), batch_id=2)
    assert outcomes(query, 2) == {"unchanged": 1}


def test_only_a_whole_export_shows_that_an_ad_is_gone(land, file_of, query):
    land(file_of([line(1)]))
    land(file_of([line(1)]), batch_id=2, is_whole=True)
    assert query("select kind, is_complete from raw.readings order by reading_id") == [
        ("sweep", False), ("sweep", True)
    ]  # fmt: skip


def test_files_that_landed_in_a_batch_are_not_read_again_in_it(land, file_of, query):
    path = file_of([line(1)])
    land(path)
    land(path)
    assert query("select count(*) from raw.sightings") == [(1,)]


def test_a_file_cut_short_keeps_what_came_before(land, file_of, monkeypatch, query):
    monkeypatch.setattr(lines, "CHUNK", 100)
    path = file_of([line(n, description=str(hash(str(n)))) for n in range(3_000)], "ads.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-2_000])
    with pytest.raises(SettingsError, match="cannot be read to its end"):
        land(path)
    assert query("select count(*) > 100 from raw.ads") == [(True,)]


def test_no_file_is_told(land, tmp_path):
    with pytest.raises(SettingsError, match="No file matches"):
        land(tmp_path / "*.jsonl")


SCRIPT = """
import sys
from core.batches import Batch
from core.database import connect
from ingest.clock import DatabaseClock
from ingest.files import lines
from ingest.files.reading import read_files
from ingest.files.search import FileSearch
from ingest.reading import Teller
from datetime import date
lines.CHUNK = 500
connection = connect(sys.argv[1])
search = FileSearch(name=sys.argv[3], path=sys.argv[2], mapping="mappings/linkedin.yml")
teller = Teller(page=lambda *_: None, note=print)
read_files(connection, DatabaseClock(connection), Batch(1, date(2026, 1, 8)), [search], teller)
"""


def reader_of(database: str, path, name: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SCRIPT), database, str(path), name], cwd=ROOT
    )


def test_killed_half_way_the_same_command_goes_on_with_nothing_twice(database, file_of, query):
    path = file_of([line(n) for n in range(30_000)])
    reader = reader_of(database, path, "export")
    deadline = time.monotonic() + 60
    while query("select count(*) from raw.requests")[0][0] < 3 and time.monotonic() < deadline:
        pass
    reader.send_signal(signal.SIGKILL)
    reader.wait()
    landed = query("select count(*) from raw.ads")[0][0]
    assert 0 < landed < 30_000
    assert reader_of(database, path, "export").wait(timeout=120) == 0
    assert outcomes(query, 1) == {"inserted": 30_000}
    assert query("select count(*), count(distinct job_id) from raw.ads") == [(30_000, 30_000)]


def test_two_collectors_of_the_same_ads_at_once_land_none_twice(database, file_of, query):
    path = file_of([line(n) for n in range(10_000)])
    with closing(connect(database)) as opened, transaction(opened) as cursor:
        cursor.execute("call raw.make_month(%s)", (at_night(DAY),))
    readers = [reader_of(database, path, name) for name in ("one", "another")]
    assert [reader.wait(timeout=120) for reader in readers] == [0, 0]
    assert outcomes(query, 1) == {"inserted": 10_000, "repeated": 10_000}
    assert query("select count(*) from raw.ads") == [(10_000,)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("  title: title\n", "fields.title"),
        ("posted_as: epoch_ms\n", None),
        ("source: linkedin\n", "source"),
    ],
)
def test_a_mapping_that_lacks_a_field_is_told(tmp_path, change, told):
    path = tmp_path / "mine.yml"
    path.write_text(LINKEDIN.read_text().replace(change, "", 1))
    if told is None:
        assert load_mapping(path).posted_as == "iso"
        return
    with pytest.raises(SettingsError, match=told) as caught:
        load_mapping(path)
    assert "mine.yml" in str(caught.value)


def with_form(tmp_path, form: str):
    path = tmp_path / "mine.yml"
    path.write_text(LINKEDIN.read_text().replace("posted_as: epoch_ms", f'posted_as: "{form}"'))
    return path


def test_a_form_of_dates_is_kept_as_sql_reads_it(tmp_path):
    kept = load_mapping(with_form(tmp_path, "%d/%m/%Y %H:%M")).model_dump(mode="json")
    form = kept["posted_form"]
    assert re.sub(form["regexp"], form["iso"], "05/01/2026 08:30") == "2026-01-05T08:30:00Z"
    assert re.fullmatch(form["regexp"], "5/1/2026") is None
    assert load_mapping(LINKEDIN).posted_form is None


@pytest.mark.parametrize("form", ["%d/%m", "%d %B %Y", "%d/%m/%Y %d", "yesterday"])
def test_a_form_that_cannot_be_read_is_told(tmp_path, form):
    with pytest.raises(SettingsError, match="mine.yml is no mapping:\n.*posted_as"):
        load_mapping(with_form(tmp_path, form))


def test_a_mapping_may_not_take_the_name_of_another_source(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(LINKEDIN.read_text().replace("source: linkedin", "source: adzuna"))
    with pytest.raises(SettingsError, match="taken"):
        load_mapping(path)
