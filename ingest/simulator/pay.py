"""Pay as Adzuna gives it: whole euros without a period, seldom nonsense."""

import random

from ingest.simulator.phrases.trade import FREELANCE, Trade

PAID_SHARE = 0.155  # of 4,750 real ads
NO_MAXIMUM_SHARE = 0.01  # 6 of 736 paid ads
NONSENSE_SHARE = 0.012
PREDICTED_SHARE = 0.04  # none in France in 2026, 1,034 of 1,201 in the USA: enough to be met
NONSENSE = ((2, 2), (486, 1802), (1900, 22000), (1, 1), (35000, 350), (100, 500))
WORKING_HOURS, WORKING_DAYS = 151.67, 21  # a month, by French law and by custom
FREELANCE_FACTOR = 2.2  # a day's fee carries the charges that an employer would pay


def draw_pay(rng: random.Random, trade: Trade) -> dict:
    """The fields `salary_min`, `salary_max` and `salary_is_predicted` of one ad."""
    if rng.random() >= PAID_SHARE:
        return {"salary_is_predicted": "0"}
    predicted = "1" if rng.random() < PREDICTED_SHARE else "0"
    low, high = _amounts(rng, trade)
    if rng.random() < NONSENSE_SHARE:
        low, high = rng.choice(NONSENSE)
    fields: dict = {"salary_is_predicted": predicted, "salary_min": low, "salary_max": high}
    if rng.random() < NO_MAXIMUM_SHARE:
        del fields["salary_max"]
    return fields


def raised(pay: dict, version: int) -> dict:
    """The same pay a few percent higher, at least one euro a version."""
    return pay | {
        key: max(round(pay[key] * (1 + 0.03 * version)), pay[key] + version)
        for key in ("salary_min", "salary_max")
        if key in pay
    }


def amounts_in_words(rng: random.Random, trade: Trade) -> dict[str, str]:
    """What the sentences about pay may name, written the French way."""
    month = rng.randrange(*trade.monthly_pay, 50)
    year = month * 12 // 1000 * 1000
    day = round(month / WORKING_DAYS * FREELANCE_FACTOR / 25) * 25
    return {
        "k_low": str(year // 1000),
        "k_high": str(year // 1000 + rng.randint(2, 8)),
        "day_low": str(day),
        "day_high": str(day + 50),
        "hour": f"{month / WORKING_HOURS:.2f}".replace(".", ","),
        "month_low": _spaced(month),
        "month_high": _spaced(month + 300),
        "year_low": _spaced(year),
        "millions": str(rng.randint(3, 60)),
        "bonus": str(rng.choice((300, 500, 750, 1000))),
        "voucher": f"{rng.uniform(7, 11):.2f}".replace(".", ","),
    }


def _amounts(rng: random.Random, trade: Trade) -> tuple[int, int]:
    month = rng.uniform(*trade.monthly_pay)
    period = rng.choices(("hour", "day", "month", "year"), trade.pay_periods)[0]
    daily = month / WORKING_DAYS
    if trade.pay_periods is FREELANCE:
        daily *= FREELANCE_FACTOR
    amount, step = {
        "hour": (month / WORKING_HOURS, 1),
        "day": (daily, 10),
        "month": (month, 50),
        "year": (month * 12, 1000),
    }[period]
    low = round(amount / step) * step
    high = low if rng.random() < 0.3 else round(amount * rng.uniform(1.03, 1.25) / step) * step
    return low, max(low, high)


def _spaced(amount: int) -> str:
    return f"{amount:,}".replace(",", " ")
