"""The countries Adzuna serves, and which of them an ad belongs to."""

from typing import Any

HOSTS = {
    "at": "www.adzuna.at",
    "au": "www.adzuna.com.au",
    "be": "www.adzuna.be",
    "br": "www.adzuna.com.br",
    "ca": "www.adzuna.ca",
    "ch": "www.adzuna.ch",
    "de": "www.adzuna.de",
    "es": "www.adzuna.es",
    "fr": "www.adzuna.fr",
    "gb": "www.adzuna.co.uk",
    "in": "www.adzuna.in",
    "it": "www.adzuna.it",
    "mx": "www.adzuna.com.mx",
    "nl": "www.adzuna.nl",
    "nz": "www.adzuna.co.nz",
    "pl": "www.adzuna.pl",
    "sg": "www.adzuna.sg",
    "us": "www.adzuna.com",
    "za": "www.adzuna.co.za",
}
_COUNTRIES = {host: country for country, host in HOSTS.items()}


def country_of(ad: Any) -> str:
    """The country of an ad by its link, "fr" if that does not tell."""
    link = ad.get("redirect_url") if isinstance(ad, dict) else None
    host = str(link or "").partition("://")[2].partition("/")[0]
    return _COUNTRIES.get(host, "fr")
