"""Who an ad of France Travail is, and whether its content changed.

Left out of the hash is what changes although the employer changed nothing:
- `dateActualisation`: an ad is renewed to stay, mostly within a month (399 of 1,049 real ads had been);
- `offresManqueCandidats`: counted by France Travail from the applications so far;
- `origineOffre`: partner sites come and go, their links carry tracking parameters, their logos move;
- `contact`, `agence`: whom to write to about the same job; names and addresses of people;
- `entreprise.logo`: the address of a picture.
"""

from ingest.identity import ad_id_of, content_hash, named_job_id, nameless_job_id
from ingest.payload import to_json
from ingest.source import Identity

SOURCE = "france_travail"
PAGE_FOR_CANDIDATES = "https://candidat.francetravail.fr/offres/recherche/detail"
VOLATILE = frozenset(
    {"agence", "contact", "dateActualisation", "offresManqueCandidats", "origineOffre"}
)
VOLATILE_OF_COMPANY = frozenset({"logo"})


def canonical_link(ad_id: str) -> str:
    """The page that candidates read; `origineOffre.urlOrigine` says the same of every real ad."""
    return f"{PAGE_FOR_CANDIDATES}/{ad_id}"


def identify(country: str, payload: object) -> Identity:
    hash_of_content = content_hash(to_json(_stable(payload)))
    ad_id = ad_id_of(payload)
    if ad_id is None:
        return Identity(nameless_job_id(SOURCE, country, hash_of_content), None, hash_of_content)
    return Identity(named_job_id(SOURCE, ad_id, canonical_link(ad_id)), ad_id, hash_of_content)


def _stable(payload: object) -> object:
    if not isinstance(payload, dict):
        return payload
    stable = {name: value for name, value in payload.items() if name not in VOLATILE}
    company = stable.get("entreprise")
    if isinstance(company, dict):
        stable["entreprise"] = {
            name: value for name, value in company.items() if name not in VOLATILE_OF_COMPANY
        }
    return stable
