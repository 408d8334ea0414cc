"""Generated ads of a first day and of those that follow."""

from datetime import date, timedelta

from ingest.simulator import ads_on

DAY = date(2026, 1, 8)
ADS = 300


def ads_of(days_later: int) -> list:
    return ads_on(DAY + timedelta(days=days_later), ADS, seed=3)
