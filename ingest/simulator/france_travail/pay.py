"""Pay as France Travail writes it."""

import random

# How 343 real ads write it: most of the partners' with commas and without months.
MONTHS_SHARE = 0.35
NO_PERIOD_SHARE = 0.03
EMPTY_SHARE = 0.01  # "Annuel de" and no more


def pay_of(rng: random.Random, pay: dict) -> dict[str, str]:
    """The field `salaire` of an ad whose pay Adzuna gives as `salary_min`, `salary_max` without a period.

    Its size tells the period. France Travail has no pay by the day: such ads name none.
    """
    low, high = pay.get("salary_min"), pay.get("salary_max")
    period = None if low is None else _period(low)
    if period is None:
        return {}
    if rng.random() < EMPTY_SHARE:
        return {"libelle": f"{period} de"}
    has_months = rng.random() < MONTHS_SHARE
    amounts = [amount for amount in dict.fromkeys((low, high)) if amount is not None]
    text = " Euros à ".join(_amount(amount, "." if has_months else ",") for amount in amounts)
    if has_months:
        return {"libelle": f"{period} de {text} Euros sur 12.0 mois"}
    lead = "De" if rng.random() < NO_PERIOD_SHARE else f"{period} de"
    return {"libelle": f"{lead} {text} Euros"}


def _period(amount: float) -> str | None:
    if amount < 100:
        return "Horaire"
    if amount < 1_000:
        return None
    return "Mensuel" if amount < 8_000 else "Annuel"


def _amount(amount: float, point: str) -> str:
    digits = 1 if point == "." else 2
    return f"{amount:.{digits}f}".replace(".", point)
