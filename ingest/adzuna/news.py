"""What is new in a search: newest first, back to what is known."""

import math
from datetime import datetime, timedelta

from ingest.adzuna.pages import MOST_PAGES, is_last_page, last_created, shows_enough
from ingest.adzuna.search import AdzunaSearch
from ingest.source import Answer, Cursor, End, Question, Questions

DAY = timedelta(days=1)


def news(search: AdzunaSearch, since: datetime, now: datetime, cursor: Cursor | None) -> Questions:
    """Ends on the first page whose oldest ad is known and was created before `since`: what lies behind
    it was seen then. Ads that the source dates back are left to the sweep."""
    days = max(1, math.ceil((now - since) / DAY) + 1)
    if search.max_days_old is not None:
        days = min(days, search.max_days_old)
    query = {**search.query, "sort_by": "date", "sort_dir": "down", "max_days_old": days}
    for page in range(cursor["page"] if cursor else 1, MOST_PAGES + 1):
        answer = yield Question(query, page, {"page": page})
        if not answer.is_readable:
            continue
        if is_last_page(answer, page):
            return End(is_complete=shows_enough(answer, page))
        if _reaches_what_is_known(answer, since):
            return End(is_complete=True)
    return End(is_complete=False, why_not="more than 5,000 new ads: the sweep brings the rest")


def _reaches_what_is_known(answer: Answer, since: datetime) -> bool:
    oldest = last_created(answer.ads)
    return answer.was_known[-1] and oldest is not None and oldest <= since
