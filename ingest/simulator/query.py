"""What a search asks for, read from the parameters of a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

LARGEST_PAGE = 50  # more is clamped without a word
USUAL_PAGE = 10
SORT_ORDERS = ("default", "relevance", "hybrid", "date", "salary")


@dataclass(frozen=True)
class Query:
    """The search of one country; texts are empty and numbers None where nothing is asked."""

    country: str
    what: str = ""
    what_and: str = ""
    what_or: str = ""
    what_phrase: str = ""
    what_exclude: str = ""
    title_only: str = ""
    where: str = ""
    locations: tuple[tuple[int, str], ...] = ()  # (level, name)
    company: str | None = None
    category: str | None = None
    max_days_old: int | None = None
    salary_min: int | None = None
    salary_max: int | None = None
    salary_include_unknown: bool = False
    contract_times: tuple[str, ...] = ()
    contract_types: tuple[str, ...] = ()
    sort_by: str = "default"
    sort_dir: str = "down"

    @property
    def lasting(self) -> Self:
        """Only what is asked of a whole life: no words, pay, age or order."""
        return Query(
            country=self.country,
            category=self.category,
            contract_times=self.contract_times,
            contract_types=self.contract_types,
            company=self.company,
            where=self.where,
            locations=self.locations,
        )


def read_query(country: str, given: Mapping[str, str]) -> Query:
    """The query of a request. Parameters it does not know it ignores; ValueError for bad values."""
    texts = ("what", "what_and", "what_or", "what_phrase", "what_exclude", "title_only", "where")
    return Query(
        country=country,
        **{name: given.get(name, "") for name in texts},
        locations=tuple(
            (level, given[f"location{level}"]) for level in range(8) if f"location{level}" in given
        ),
        company=given.get("company"),
        category=given.get("category"),
        max_days_old=_number(given, "max_days_old"),
        salary_min=_number(given, "salary_min"),
        salary_max=_number(given, "salary_max"),
        salary_include_unknown=given.get("salary_include_unknown") == "1",
        contract_times=_flags(given, "full_time", "part_time"),
        contract_types=_flags(given, "contract", "permanent"),
        sort_by=_one_of(given, "sort_by", SORT_ORDERS),
        sort_dir=_one_of(given, "sort_dir", ("down", "up")),
    )


def read_page_size(given: Mapping[str, str]) -> int:
    """`results_per_page`, at most 50. Raises ValueError for what is no number from 1."""
    size = _number(given, "results_per_page")
    if size == 0:
        raise ValueError("results_per_page starts at 1")
    return USUAL_PAGE if size is None else min(size, LARGEST_PAGE)


def read_page(text: str) -> int:
    """The page in the path. Raises ValueError for what is no number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"pages are numbered from 1, not {text!r}")
    return int(text)


def _number(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name)
    if text is not None and not text.isdecimal():
        raise ValueError(f"{name} is a whole number, not {text!r}")
    return None if text is None else int(text)


def _flags(given: Mapping[str, str], *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if given.get(name) == "1")


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = given.get(name, allowed[0])
    if value not in allowed:
        raise ValueError(f"{name} is one of {', '.join(allowed)}, not {value!r}")
    return value
