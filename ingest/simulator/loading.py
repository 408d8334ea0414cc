"""What a simulator serves: a generated world, replayed files, or both."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ingest.simulator.replay import read_ads
from ingest.simulator.world import ads_on

DAY_ZERO = date(2026, 1, 1)


def load_ads(generate: int | None, seed: int, day: date, files: Sequence[Path]) -> list[Any]:
    """`generate` ads of the world's `day` and all ads of `files`. ValueError if that is nothing."""
    if not generate and not files:
        raise ValueError("nothing to serve: say how many ads to generate or which files to replay")
    return ads_on(day, generate or 0, seed) + read_ads(files)


def parse_day(text: str) -> date:
    """A simulated day: an ISO date, or a whole number of days after 2026-01-01."""
    if re.fullmatch(r"-?\d{1,4}", text):
        return DAY_ZERO + timedelta(days=int(text))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is no day: give a date such as 2026-01-08 or days after {DAY_ZERO}"
        ) from None
