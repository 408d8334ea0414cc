"""What a search may ask France Travail."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ingest.search import Search


def _in_quotes(value: object) -> object:
    if isinstance(value, int):
        raise ValueError('codes are text: write them in quotes, as in "01"')
    return value


# YAML reads 01 as a number and loses its zero. Several codes stand in one text, with commas between.
Codes = Annotated[
    str, BeforeValidator(_in_quotes), Field(pattern=r"^[0-9A-Za-z.]+(,[0-9A-Za-z.]+)*$")
]


class FranceTravailSearch(Search):
    """The names of the parameters are the API's own; dates, order and range are the collector's."""

    source: Literal["france_travail"]
    country: Literal["fr"] = "fr"
    motsCles: str | None = Field(default=None, min_length=2)
    # where: codes of the INSEE; `distance` in km around `commune`, 0 for the commune alone
    commune: Codes | None = None
    distance: int | None = Field(default=None, ge=0)
    departement: Codes | None = None
    inclureLimitrophes: bool | None = None
    region: Codes | None = None
    paysContinent: Codes | None = None
    # which work
    codeROME: Codes | None = None
    appellation: Codes | None = None
    domaine: Codes | None = None
    grandDomaine: Codes | None = None
    theme: Codes | None = None
    secteurActivite: Codes | None = None
    codeNAF: Codes | None = None
    # which contract
    typeContrat: Codes | None = None
    natureContrat: Codes | None = None
    tempsPlein: bool | None = None
    # for whom: less than one year of experience, one to three, more
    experience: Literal["1", "2", "3"] | None = None
    experienceExigence: Literal["D", "S", "E"] | None = None
    qualification: Literal["0", "9"] | None = None
    niveauFormation: Codes | None = None
    accesTravailleurHandicape: bool | None = None
    entreprisesAdaptees: bool | None = None
    # pay by month, year, hour or performance
    salaireMin: float | None = Field(default=None, ge=0)
    periodeSalaire: Literal["M", "A", "H", "C"] | None = None
    # 1: France Travail's own ads, 2: those of its partners
    origineOffre: Literal[1, 2] | None = None
    offresManqueCandidats: bool | None = None
    # the greatest age in days
    publieeDepuis: Literal[1, 3, 7, 14, 31] | None = None

    @property
    def shows_every_ad(self) -> bool:
        # whether an ad lacks candidates is France Travail's own count and changes from day to day
        return self.publieeDepuis is None and self.offresManqueCandidats is None
