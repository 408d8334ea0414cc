"""What is needed to write ads of one trade."""

from dataclasses import dataclass

# Gross or fee, share of the ads with pay in each period (hour, day, month, year). The mix over
# all trades was seen in 736 real ads with pay: 41 hourly, 57 daily, 69 monthly, 569 yearly.
MANUAL = (0.085, 0.015, 0.125, 0.775)
FREELANCE = (0.0, 0.2, 0.02, 0.78)


def listed(names: str) -> tuple[str, ...]:
    """Comma-separated names as a tuple."""
    return tuple(names.split(", "))


@dataclass(frozen=True)
class Sector:
    """The employers of some trades.

    `known` are names that recur, `patterns` make the many small ones (`{surname}`, `{word}` and
    `{town}` are filled in), `introductions` say who is hiring (`{name}`, `{year}`, `{staff}`).
    """

    known: tuple[str, ...]
    patterns: tuple[str, ...]
    introductions: tuple[str, ...]


@dataclass(frozen=True)
class Trade:
    """The phrases of one trade, enough of each that two ads share only some of them.

    `titles` are "masculine|feminine" or one form for both. `settings` complete "we are looking for
    a …", `tasks` are infinitives without a full stop, `requirements` are whole sentences.
    `monthly_pay` is gross, in euros, from a beginner to an old hand.
    """

    category: str
    sector: Sector
    monthly_pay: tuple[int, int]
    titles: tuple[str, ...]
    specialties: tuple[str, ...]
    settings: tuple[str, ...]
    tasks: tuple[str, ...]
    requirements: tuple[str, ...]
    skills: tuple[str, ...]
    pay_periods: tuple[float, float, float, float] = MANUAL
    is_english: bool = False
