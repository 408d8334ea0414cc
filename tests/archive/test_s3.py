"""The archive in S3, spoken to over HTTP: moto's server keeps Amazon's contract."""

from collections.abc import Iterator

import boto3
import pytest
from archive.months import JANUARY, contents
from houses import House
from s3 import s3_with

BUCKET = "jobdash"


@pytest.fixture
def s3(monkeypatch) -> Iterator[dict[str, str]]:
    """The settings of a server with one bucket; this process has them too."""
    with s3_with(BUCKET, monkeypatch) as server:
        yield server.settings


def archive(house: House, *arguments: str, **settings: str) -> tuple[int, str]:
    command = house.jobdash("archive", *arguments, **settings)
    output, errors = command.communicate(timeout=60)
    assert "hush-hush" not in output + errors
    assert "Traceback" not in errors
    return command.returncode, output + errors


def test_a_month_goes_to_s3_and_comes_back(two_months, house, s3):
    before = contents(two_months)
    settings = {**s3, "MODEL_STORE": f"s3://{BUCKET}/warehouse"}
    code, output = archive(house, "--before", "2026-02", **settings)
    assert (code, output) == (
        0,
        "2026-01 was moved to s3://jobdash/warehouse: 50 requests, 50 ads, 50 sightings\n",
    )
    names = {item["Key"] for item in boto3.client("s3").list_objects(Bucket=BUCKET)["Contents"]}
    assert {name for name in names if not name.endswith("/")} == {
        f"warehouse/raw/{table}/{JANUARY:%Y-%m}.parquet" for table in before
    }
    assert contents(two_months) != before

    code, output = archive(house, "--restore", "2026-01", **settings)
    assert code == 0, output
    assert contents(two_months) == before


def test_a_damaged_object_is_refused(two_months, house, s3):
    settings = {**s3, "MODEL_STORE": f"s3://{BUCKET}"}
    archive(house, "--before", "2026-02", **settings)
    name = "raw/ads/2026-01.parquet"
    boto3.client("s3").put_object(Bucket=BUCKET, Key=name, Body=b"something else")
    code, output = archive(house, "--restore", "2026-01", **settings)
    assert code == 9
    assert f"{name} in s3://jobdash is not the file that was written" in output


def test_a_bucket_that_is_not_there_leaves_the_rows_where_they_are(two_months, house, s3):
    before = contents(two_months)
    settings = {**s3, "MODEL_STORE": "s3://nobody-has-this"}
    code, output = archive(house, "--before", "2026-02", **settings)
    assert code in (2, 9)
    assert output.startswith("error: ")
    assert "nobody-has-this" in output
    assert contents(two_months) == before


@pytest.mark.parametrize(
    "address",
    ["s3://someone:hush-hush@jobdash", "s3://jobdash?secret_key=hush-hush", "ftp://there"],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_secrets(house, address):
    code, output = archive(house, MODEL_STORE=address)
    assert code == 2
    assert output.startswith("error: MODEL_STORE: ")
