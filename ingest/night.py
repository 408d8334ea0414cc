"""A source's night: planned before it begins, then read search by search.

News come first, those that bring most before the others; then sweeps, the most overdue first. What one
search leaves of its calls goes to the next. Budget that is spent ends the night, not the batch.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from psycopg2.extensions import connection as Connection

from core.batches import Batch
from ingest.budget.ledger import Ledger
from ingest.budget.plan import Share, Standing, nightly_allowance, plan_night
from ingest.clock import Clock
from ingest.progress import History, history_of, id_of
from ingest.search import Search
from ingest.source import Source

# Calls made so short ago belong to this night: of a run that was cut off, or of the one before.
THIS_NIGHT = timedelta(hours=12)
# News of a search that nobody looked at for longer are not taken to be more.
MOST_NIGHTS = 14
# Until news have shown it: an ad stands for a month or so.
NEW_A_NIGHT = 1 / 30
# Sweeps that wait longest come first: one that has begun, then one that never was.
BEGUN, NEVER = 20_000, 10_000


@dataclass(frozen=True)
class Asked:
    """A search with its number, what is known of it, and what it gets tonight."""

    search: Search
    search_id: int
    history: History
    standing: Standing
    share: Share


@dataclass(frozen=True)
class Night:
    """`allowance` is None without limits."""

    allowance: int | None
    asked: Sequence[Asked]


def plan(
    connection: Connection,
    ledger: Ledger,
    clock: Clock,
    source: Source,
    batch: Batch,
    searches: Sequence[Search],
) -> Night:
    """Spends no call."""
    ids = [id_of(connection, search, source.name, search.country) for search in searches]
    histories = [history_of(connection, search_id, batch) for search_id in ids]
    standings = [
        standing_of(search, history, source.page_size, batch)
        for search, history in zip(searches, histories, strict=True)
    ]
    allowance = tonight(ledger, clock, source)
    shares = plan_night(allowance, standings)
    return Night(
        allowance,
        [Asked(*one) for one in zip(searches, ids, histories, standings, shares, strict=True)],
    )


def tonight(ledger: Ledger, clock: Clock, source: Source) -> int | None:
    """Calls that are left for this night; None without limits of a day or more."""
    spans = [limit.span for limit in source.limits]
    if not spans:
        return None
    now = clock.now()
    calls = ledger.calls(max(spans))
    earlier = [call for call in calls if call <= now - THIS_NIGHT]
    allowance = nightly_allowance(source.limits, earlier, now)
    return None if allowance is None else max(0, allowance - (len(calls) - len(earlier)))


def standing_of(search: Search, history: History, page_size: int, batch: Batch) -> Standing:
    brought = history.brought
    if brought is None and history.size is not None:
        brought = history.size * NEW_A_NIGHT
    nights = (batch.day - history.news_on).days if history.news_on else 1
    sweep_calls, overdue = _sweep_of(search, history, page_size, batch)
    return Standing(
        search=search.name,
        page_size=page_size,
        new_ads=None if brought is None else brought * min(max(nights, 1), MOST_NIGHTS),
        sweep_calls=sweep_calls,
        overdue=overdue,
    )


def _sweep_of(
    search: Search, history: History, page_size: int, batch: Batch
) -> tuple[int | None, int]:
    """Calls that the search's sweep still needs (see `Standing`), and how overdue it is."""
    if history.open_sweep:
        landed, counted = history.open_sweep
        return _pages(max(counted - landed, 0), page_size) if counted else None, BEGUN
    if history.has_sweep_of_batch:
        return 0, 0
    if history.swept_on is None:
        return _pages(history.size, page_size) if history.size else None, NEVER
    days = (batch.day - history.swept_on).days
    if days < search.sweep_every_days:
        return 0, 0
    return _pages(history.size or 0, page_size), days - search.sweep_every_days


def _pages(ads: int, page_size: int) -> int:
    return math.ceil(ads / page_size) + 1
