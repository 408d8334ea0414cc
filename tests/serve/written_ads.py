"""Ads written for the tests of the API, in French but for one."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

UNKNOWN = "(unknown)"
LYON = ("Lyon", "69", "Auvergne-Rhône-Alpes")
NANTES = ("Nantes", "44", "Pays de la Loire")
LILLE = ("Lille", "59", "Hauts-de-France")


SOURCES = [
    {
        "source": "adzuna",
        "attribution": "Jobs by Adzuna",
        "attribution_url": "https://www.adzuna.fr",
    },
    {
        "source": "france_travail",
        "attribution": "Source : France Travail",
        "attribution_url": "https://www.francetravail.fr",
    },
]


@dataclass(frozen=True)
class Ad:
    name: str
    title: str
    description: str
    company: str = "Ateliers Beaulieu"
    place: tuple[str, str, str] = LYON
    posting: str | None = None
    skills: tuple[str, ...] = ()
    pay: tuple[float | None, float | None, str | None] = (None, None, None)
    salary_source: str | None = None
    contract_type: str | None = "permanent"
    language: str = "fr"
    country_code: str = "fr"
    source: str = "adzuna"
    is_open: bool = True
    is_canonical: bool = True
    url: str | None = None

    @property
    def job_id(self) -> UUID:
        return uuid5(NAMESPACE_URL, self.name)

    @property
    def posting_name(self) -> str:
        return self.posting or self.name

    def columns(self) -> dict[str, object]:
        least, most, period = self.pay
        as_they_are = asdict(self)
        for name in ("name", "company", "place", "posting", "pay", "skills"):
            del as_they_are[name]
        return as_they_are | {
            "job_id": str(self.job_id),
            "posting_group_id": str(uuid5(NAMESPACE_URL, f"posting:{self.posting_name}")),
            "url": self.url or f"https://www.adzuna.fr/details/{self.job_id.int % 10**10}",
            "salary_min": least,
            "salary_max": most,
            "salary_period": period,
            "salary_currency": "EUR" if period else None,
            "posted_date": date(2026, 1, 5),
        }


ADS = (
    Ad(
        "data", "Ingénieure données Python (H/F)",
        "Vous construisez des flux Python et SQL vers l'entrepôt de données, à l'aide de dbt.",
        pay=(45_000, 52_000, "year"), salary_source="field", skills=("Python", "SQL", "dbt"),
    ),
    Ad(
        "analyst", "Analyste SQL",
        "Tableaux de bord, requêtes SQL et un peu de Python pour l'équipe marketing d'une mutuelle.",
        company="Mutuelle du Rhône", pay=(38_000, 38_000, "year"), salary_source="predicted",
        skills=("Python", "SQL"),
    ),
    Ad(
        "nurse", "Infirmier de nuit (H/F)",
        "Au bloc et aux urgences d'une clinique, soins de nuit, équipe de douze personnes.",
        company="Clinique des Tilleuls", place=NANTES, pay=(2_400, 2_900, "month"),
        salary_source="field",
    ),
    Ad(
        "aide", "Aide-soignante", "Soins et toilette des résidents, de nuit, aux côtés d'une infirmière.",
        company=UNKNOWN, place=NANTES, contract_type=None,
    ),
    Ad(
        "baker-lyon", "Boulanger", "Pétrissage, façonnage et cuisson du pain au levain dès l'aube.",
        company="Le Fournil", posting="baker", pay=(12.5, None, "hour"), salary_source="field",
    ),
    Ad(
        "baker-lille", "Boulanger", "Pétrissage, façonnage et cuisson du pain au levain dès l'aube.",
        company="Le Fournil", place=LILLE, posting="baker", is_canonical=False,
    ),
    Ad(
        "pastry", "Pâtissière", "Cuisson des tartes et du pain au lait, façonnage des viennoiseries.",
        company="Le Fournil", place=LILLE,
    ),
    Ad(
        "welder", "Soudeur TIG", "Soudure de cuves inox en atelier, lecture de plans, certificat exigé.",
        place=LILLE, pay=(160, 190, "day"), salary_source="field",
    ),
    Ad(
        "closed", "Développeur Python", "Un an de Python et de SQL pour des flux de données.",
        is_open=False,
    ),
    Ad(
        "english", "Warehouse Python developer",
        "You will write Python for our international warehouse team in Lyon.",
        language="en", pay=(60_000, 70_000, "year"), salary_source="field",
    ),
    Ad(
        "hostile",
        "Chargé <img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>",
        "Texte <b>gras</b> <svg onload=\"document.title='run'\"> zinzolin",
        company="<i>Maison</i>", url="javascript:document.title='run'",
    ),
)  # fmt: skip

BY_NAME = {ad.name: ad for ad in ADS}
