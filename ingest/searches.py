"""What to look for: the searches of `searches.yml`, checked before the first call is spent."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import SettingsError


class Search(BaseModel):
    """One query of a source. The names of the parameters are Adzuna's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    country: str = Field(pattern="^[a-z]{2}$")
    what: str | None = None
    what_and: str | None = None
    what_or: str | None = None
    what_phrase: str | None = None
    what_exclude: str | None = None
    title_only: str | None = None
    where: str | None = None
    distance: int | None = Field(default=None, ge=0)
    category: str | None = None
    company: str | None = None
    max_days_old: int | None = Field(default=None, ge=1)
    sort_by: str | None = "date"
    sort_dir: str | None = None
    salary_min: int | None = Field(default=None, ge=0)
    salary_max: int | None = Field(default=None, ge=0)

    @property
    def query(self) -> dict[str, str | int]:
        """The parameters that go with a call, without keys and page."""
        return self.model_dump(exclude={"name", "country"}, exclude_none=True)

    @property
    def shows_every_ad(self) -> bool:
        """False where an ad may drop out of the answers although it still stands."""
        return self.max_days_old is None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    searches: list[Search] = Field(min_length=1)


def load_searches(path: Path) -> list[Search]:
    """Raises SettingsError that names the file, the search and the field that cannot be used."""
    try:
        searches = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).searches
    except OSError as error:
        raise SettingsError(f"The searches cannot be read: {error}") from None
    except yaml.YAMLError as error:
        raise SettingsError(f"{path} is not YAML: {error}") from None
    except ValidationError as error:
        faults = "\n".join(
            f"  {'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
        )
        raise SettingsError(f"{path} does not describe searches:\n{faults}") from None
    names = [search.name for search in searches]
    if len(set(names)) < len(names):
        raise SettingsError(f"{path}: two searches have the same name; each needs its own.")
    return searches
