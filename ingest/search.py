"""One search of `searches.yml`: what every source's searches have in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Search(BaseModel):
    """What to look for in one source. Each source adds its own parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    source: str
    country: str = Field(pattern="^([a-z]{2}|--)$")
    sweep_every_days: int = Field(default=7, ge=0)  # 0: with every batch

    @property
    def query(self) -> dict[str, Any]:
        """The parameters in the source's own words, as JSON; without keys and page."""
        own = set(Search.model_fields)
        return self.model_dump(mode="json", exclude=own, exclude_none=True)

    @property
    def shows_every_ad(self) -> bool:
        """False where an ad may drop out of the answers although it still stands."""
        return True
