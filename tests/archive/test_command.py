"""`jobdash archive` as people use it."""

import pytest
from archive.months import contents
from houses import House

from core.database import batch_lock


def archive(house: House, *arguments: str) -> tuple[int, str, str]:
    command = house.jobdash("archive", *arguments)
    output, errors = command.communicate(timeout=60)
    return command.returncode, output, errors


def test_there_and_back(two_months, house):
    store = house.folder / "models"
    before = contents(two_months)
    assert archive(house, "--list") == (0, "No month was archived yet.\n", "")

    assert archive(house, "--dry-run") == (
        0,
        f"2026-01 would be moved to {store}: 150 rows\n"
        f"2026-02 would be moved to {store}: 150 rows\n"
        "2026-05 stays: batch 3 is the newest, and half of the marts take it in next time\n",
        "",
    )
    assert contents(two_months) == before
    assert not store.exists()

    assert archive(house) == (
        0,
        f"2026-01 was moved to {store}: 50 requests, 50 ads, 50 sightings\n"
        f"2026-02 was moved to {store}: 50 requests, 50 ads, 50 sightings\n"
        "2026-05 stays: batch 3 is the newest, and half of the marts take it in next time\n",
        "",
    )
    assert archive(house, "--before", "2026-03") == (
        0, "No month before 2026-03 is in the database: nothing to archive.\n", ""
    )  # fmt: skip

    told = f"from {store}: 50 ads, 50 requests, 50 sightings\n"
    assert archive(house, "--restore", "2026-02", "--dry-run") == (
        0, f"2026-02 would be restored {told}", ""
    )  # fmt: skip
    assert archive(house, "--restore", "2026-02") == (0, f"2026-02 was restored {told}", "")
    _, output, _ = archive(house, "--list")
    first, *_, last = output.splitlines()
    assert first.startswith("raw/ads/2026-01.parquet  50 rows  archived 20")
    assert last.startswith("raw/sightings/2026-02.parquet  50 rows  restored 20")
    archive(house, "--restore", "2026-01")
    assert contents(two_months) == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--before", "March"], 2, "'March' is no month: write it as 2026-01."),
        (["--restore", "2026-13"], 2, "'2026-13' is no month"),
        (["--list", "--before", "2026-01"], 2, "exclude each other"),
        (["--restore", "2025-01"], 2, "2025-01 was never archived"),
    ],
)
def test_what_cannot_be_done_is_told(house, arguments, code, told):
    ended, output, errors = archive(house, *arguments)
    assert (ended, output) == (code, "")
    assert errors.startswith("error: ")
    assert told in errors


def test_months_are_not_moved_while_a_batch_is_at_work(two_months, house):
    with batch_lock(house.database_url):
        code, _, errors = archive(house)
    assert code == 5
    assert "works on a batch" in errors
