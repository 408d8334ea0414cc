"""Where a file's lines have what an ad needs, read from YAML and checked before a line is read.

The lines themselves stay as they are: dbt reads them by this mapping (`stg_files__ads`), so a mended
mapping mends what has landed.
"""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, computed_field

from core.errors import SettingsError
from ingest.files.dates import regexp_and_iso

# A dot goes one level down: `company.name`.
FieldPath = Annotated[str, Field(pattern=r"^[^.\s]+(\.[^.\s]+)*$")]


def _checked(form: str) -> str:
    regexp_and_iso(form)
    return form


DateForm = Annotated[str, AfterValidator(_checked)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fields(_Strict):
    """Paths of the fields of a line; `id`, `title` and `posted` must be there."""

    id: FieldPath
    title: FieldPath
    posted: FieldPath
    link: FieldPath | None = None
    description: FieldPath | None = None
    company: FieldPath | None = None
    category: FieldPath | None = None
    contract_type: FieldPath | None = None
    working_time: FieldPath | None = None
    region: FieldPath | None = None
    department: FieldPath | None = None
    city: FieldPath | None = None
    # a place in one text, from the town up: "Nantes, Pays de la Loire, France"
    place: FieldPath | None = None
    latitude: FieldPath | None = None
    longitude: FieldPath | None = None
    salary_min: FieldPath | None = None
    salary_max: FieldPath | None = None
    salary_period: FieldPath | None = None
    salary_currency: FieldPath | None = None


ContractType = Literal[
    "permanent", "fixed_term", "temporary", "apprenticeship", "internship", "freelance", "contract"
]


class Values(_Strict):
    """What the source's words mean; compared in lower case. A word that is not here means nothing."""

    contract_type: dict[str, ContractType] = {}
    working_time: dict[str, Literal["full_time", "part_time"]] = {}
    salary_period: dict[str, Literal["hour", "day", "week", "month", "year"]] = {}


class Mapping(_Strict):
    """`volatile`: fields of a line that may differ although the ad is the same. `posted_as` is iso,
    epoch_s, epoch_ms, or a form such as `%d/%m/%Y`."""

    source: str = Field(pattern="^[a-z][a-z0-9_]*$")
    attribution: str = Field(min_length=1)
    attribution_url: str = Field(pattern="^https?://")
    country: str = Field(pattern="^[a-z]{2}$")
    fields: Fields
    posted_as: Literal["iso", "epoch_s", "epoch_ms"] | DateForm = "iso"
    values: Values = Values()
    volatile: list[str] = []

    @computed_field
    @property
    def posted_form(self) -> dict[str, str] | None:
        """What SQL needs to read dates of a form of their own."""
        if "%" not in self.posted_as:
            return None
        regexp, iso = regexp_and_iso(self.posted_as)
        return {"regexp": regexp, "iso": iso}


# Sources that have staging models of their own.
TAKEN = ("adzuna", "france_travail")


def load_mapping(path: Path) -> Mapping:
    """Raises SettingsError that names the file and the field that cannot be used."""
    try:
        mapping = Mapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"The mapping cannot be read: {error}") from None
    except yaml.YAMLError as error:
        raise SettingsError(f"{path} is not YAML: {error}") from None
    except ValidationError as error:
        faults = "\n".join(
            f"  {'.'.join(map(str, fault['loc'])) or 'it'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise SettingsError(f"{path} is no mapping:\n{faults}") from None
    if mapping.source in TAKEN:
        raise SettingsError(
            f"{path}: source {mapping.source} is taken: give the file's its own name."
        )
    return mapping
