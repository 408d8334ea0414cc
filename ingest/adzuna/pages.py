"""What Adzuna's pages tell: how far they reach, and whether there are more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ingest.source import Answer

PAGE_SIZE = 50
# Page 101 answers page 100 again: 5,000 ads are the most that a query shows.
MOST_PAGES = 100
MOST_ADS = MOST_PAGES * PAGE_SIZE
# Of its count, which drifts by a few between calls. An empty page in the middle is not the end.
ENOUGH = 0.95


def is_last_page(answer: Answer, page: int) -> bool:
    """Pages are full up to the last; a short one in the middle has more behind it."""
    if not answer.ads:
        return True
    return len(answer.ads) < PAGE_SIZE and shows_enough(answer, page)


def shows_enough(answer: Answer, page: int) -> bool:
    """Whether the pages up to this one hold what the source says that it has."""
    shown = (page - 1) * PAGE_SIZE + len(answer.ads)
    return shown >= ENOUGH * min(answer.reported_count or 0, MOST_ADS)


def created(ad: Any) -> datetime | None:
    """When an ad was created; None where that cannot be read."""
    text = ad.get("created") if isinstance(ad, dict) else None
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


def last_created(ads: Sequence[Any]) -> datetime | None:
    """That of the last ad which tells it."""
    return next((moment for ad in reversed(ads) if (moment := created(ad))), None)
