"""What a search may ask Adzuna."""

from typing import Literal

from pydantic import Field

from ingest.search import Search


class AdzunaSearch(Search):
    """The names of the parameters are Adzuna's own. The order of the answers is the collector's."""

    source: Literal["adzuna"] = "adzuna"
    what: str | None = None
    what_and: str | None = None
    what_or: str | None = None
    what_phrase: str | None = None
    what_exclude: str | None = None
    title_only: str | None = None
    where: str | None = None
    distance: int | None = Field(default=None, ge=0)
    location0: str | None = None
    location1: str | None = None
    location2: str | None = None
    location3: str | None = None
    category: str | None = None
    company: str | None = None
    max_days_old: int | None = Field(default=None, ge=1)
    salary_min: int | None = Field(default=None, ge=0)
    salary_max: int | None = Field(default=None, ge=0)
    full_time: Literal[1] | None = None
    part_time: Literal[1] | None = None
    contract: Literal[1] | None = None
    permanent: Literal[1] | None = None

    @property
    def shows_every_ad(self) -> bool:
        return self.max_days_old is None
