"""The real ads through all stages, and what the marts say of each."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from houses import House
from real_ads import read_ads, shared_file

from core.errors import PublicationHeld
from ingest.simulator import SimulatorServer
from ingest.simulator.france_travail import FranceTravailServer
from ml.corpus import Ad
from pipeline.batch import publish_anyway

FIRST_DAY = date(2026, 3, 10)
ADZUNA = {
    "fr": ("fr_all_sectors_2026-03.jsonl.gz", "fr_data_2025-12.jsonl.gz"),
    "us": ("us_predicted_2025-12.jsonl.gz",),
    "gb": ("gb_html_2020-06.jsonl.gz",),
    "de": ("de_daily",),
}
OFFERS = "offres_2024-11-28.jsonl.gz"
_SKILLS = """
array(
    select skills.skill_name
    from marts.job_skills
    inner join marts.skills on job_skills.skill_key = skills.skill_key
    where job_skills.job_key = jobs.job_key and skills.skill_key <> -1
)
"""
_JOBS = f"""
select
    jobs.source, jobs.source_ad_id, jobs.country_code, jobs.salary_min, jobs.salary_max,
    jobs.salary_period, locations.commune_code, locations.department_code, locations.region,
    jobs.posting_group_id, jobs.copy_kind,
    jobs.contract_type, jobs.working_time, jobs.seniority, jobs.remote_mode,
    {_SKILLS}
from marts.jobs
inner join marts.locations on jobs.location_key = locations.location_key
"""  # noqa: S608 - constants alone


_LISTINGS = f"""
select
    jobs.source, jobs.source_ad_id, jobs.posting_group_id, jobs.is_canonical, jobs.is_open,
    jobs.job_id, jobs.title, coalesce(jobs.description, ''), jobs.language,
    nullif(jobs.company_key, -1),
    {_SKILLS}
from marts.jobs
order by jobs.job_id
"""  # noqa: S608 - constants alone


class Listing(NamedTuple):
    """An ad as a model reads it, and which posting it is of."""

    source: str
    ad_id: str
    posting: UUID
    is_canonical: bool
    is_open: bool
    ad: Ad


class Job(NamedTuple):
    country_code: str
    salary_min: object
    salary_max: object
    salary_period: str | None
    commune_code: str | None
    department_code: str | None
    region: str | None
    posting_group_id: UUID
    copy_kind: str | None
    contract_type: str | None
    working_time: str | None
    seniority: str | None
    remote_mode: str | None
    skills: set[str]


def load_real_ads(house: House) -> None:
    """One batch a country: the simulator does not know whose an ad is."""
    for number, (country, names) in enumerate(ADZUNA.items()):
        searches = house.folder / f"{country}.yml"
        searches.write_text(
            f"searches: [{{name: {country}, country: {country}}}"
            + (", {name: data, source: france_travail}]" if country == "fr" else "]")
        )
        ads = [ad for name in names for path in _files(name) for ad in read_ads(path)]
        _load(house, ads, FIRST_DAY + timedelta(days=number), searches)


def _files(name: str) -> Sequence[Path]:
    path = shared_file("adzuna", name)
    return sorted(path.glob("*.gz")) if path.is_dir() else [path]


def _load(house: House, ads: list, day: date, searches: Path) -> None:
    offers = read_ads(shared_file("france_travail", OFFERS))
    with (
        SimulatorServer(ads, today=day) as adzuna,
        FranceTravailServer(offers, today=day) as france_travail,
    ):
        asked = {
            "france_travail_base_url": france_travail.base_url,
            "france_travail_token_url": france_travail.token_url,
        }
        try:
            house.run(day, base_url=adzuna.base_url, searches=searches, **asked)
        except PublicationHeld:  # these days are samples, each of other sources
            settings = house.settings(adzuna.base_url, **asked)
            publish_anyway(settings, house.addresses, day, "a sample", "quality", searches)


def jobs_of(house: House) -> dict[tuple[str, str], Job]:
    return {
        (source, ad_id): Job(*fields, skills=set(skills))
        for source, ad_id, *fields, skills in house.query(_JOBS)
    }


def listings_of(house: House) -> list[Listing]:
    return [
        Listing(*row[:5], Ad(UUID(row[5]), *row[6:10], skills=tuple(row[10])))
        for row in house.query(_LISTINGS)
    ]
