"""What a search asks for, read from the parameters of a request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LARGEST_RANGE = 150
USUAL_RANGE = "0-149"
AGES = ("1", "3", "7", "14", "31")
CODES = ("departement", "region", "commune", "codeROME", "typeContrat", "origineOffre")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Query:
    """Empty and None where nothing is asked. `codes` are the values of a parameter that match."""

    words: str
    codes: tuple[tuple[str, frozenset[str]], ...]
    is_full_time: bool | None
    min_created: str | None
    max_created: str | None
    max_age: int | None  # days
    sort: str


@dataclass(frozen=True)
class Range:
    """Places of ads, both included, from 0."""

    first: int
    last: int


def read_query(given: Mapping[str, str]) -> Query:
    """Parameters it does not know it ignores; ValueError for bad values, in the API's language."""
    if ("minCreationDate" in given) != ("maxCreationDate" in given):
        raise ValueError("minCreationDate et maxCreationDate vont ensemble.")
    age = _one_of(given, "publieeDepuis", AGES)
    full_time = _one_of(given, "tempsPlein", ("true", "false"))
    return Query(
        words=given.get("motsCles", "").replace(",", " "),
        codes=tuple((name, frozenset(given[name].split(","))) for name in CODES if given.get(name)),
        is_full_time=None if full_time is None else full_time == "true",
        min_created=_date(given, "minCreationDate"),
        max_created=_date(given, "maxCreationDate"),
        max_age=None if age is None else int(age),
        sort=_one_of(given, "sort", ("0", "1", "2")) or "0",
    )


def read_range(given: Mapping[str, str], most_ads: int) -> Range:
    """Raises ValueError for what the API does not show."""
    text = given.get("range", USUAL_RANGE)
    if not re.fullmatch(r"\d{1,9}-\d{1,9}", text):
        raise ValueError("Format du paramètre « range » incorrect. <entier>-<entier> attendu.")
    first, last = map(int, text.split("-"))
    if first > last or last - first >= LARGEST_RANGE:
        raise ValueError(f"La plage de résultats demandée est de 1 à {LARGEST_RANGE} éléments.")
    if first > most_ads - LARGEST_RANGE or last >= most_ads:
        raise ValueError(
            "La position de début doit être inférieure ou égale à "
            f"{most_ads - LARGEST_RANGE}, celle de fin à {most_ads - 1}."
        )
    return Range(first, last)


def _date(given: Mapping[str, str], name: str) -> str | None:
    text = given.get(name)
    if text is not None and not _DATE.fullmatch(text):
        raise ValueError(f"Valeur du paramètre « {name} » incorrecte : yyyy-MM-dd'T'hh:mm:ss'Z'.")
    return text


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str | None:
    value = given.get(name)
    if value is not None and value not in allowed:
        raise ValueError(f"Valeur du paramètre « {name} » incorrecte : {', '.join(allowed)}.")
    return value
