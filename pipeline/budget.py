"""`jobdash budget`: what is used and left of the calls, and what tonight would do with them."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from itertools import groupby

from rich.console import Console
from rich.table import Table

from core.batches import Batch
from core.database import connect
from core.settings import Settings
from ingest.budget.ledger import Ledger, told
from ingest.clock import Clock, DatabaseClock
from ingest.night import Night, plan
from ingest.search import Search
from ingest.source import Source
from ingest.sources import KINDS
from pipeline.progress import say

# Not yet a batch: planning asks only what came before.
TONIGHT = 0


def show_budget(settings: Settings, dsn: str, searches: Sequence[Search], day: date) -> None:
    """Spends no call."""

    def source_of(search: Search) -> str:
        return search.source

    for name, group in groupby(sorted(searches, key=source_of), key=source_of):
        open_source = KINDS[name].opened
        if open_source is None:
            continue
        with closing(connect(dsn)) as connection:
            clock = DatabaseClock(connection)
            with open_source(settings, clock, day, say) as source:
                ledger = Ledger(
                    connection,
                    clock,
                    source=source.name,
                    account=source.account,
                    limits=source.limits,
                )
                _show_windows(source, ledger, clock)
                night = plan(connection, ledger, clock, source, Batch(TONIGHT, day), list(group))
                _show_plan(night)


def _show_windows(source: Source, ledger: Ledger, clock: Clock) -> None:
    if not source.limits:
        say(f"{source.name}: no limits")
        return
    table = Table(title=f"{source.name}: calls", title_justify="left", box=None, pad_edge=False)
    for heading in ("window", "limit", "used", "left"):
        table.add_column(heading, justify="left" if heading == "window" else "right")
    calls = ledger.calls(max(limit.span for limit in source.limits))
    for limit in source.limits:
        used = sum(call > clock.now() - limit.span for call in calls)
        left = max(0, limit.calls - used)
        table.add_row(told(limit.span), f"{limit.calls:,}", f"{used:,}", f"{left:,}")
    Console().print(table)


def _show_plan(night: Night) -> None:
    allowance = (
        "as many calls as it takes" if night.allowance is None else f"{night.allowance:,} calls"
    )
    table = Table(title=f"tonight: {allowance}", title_justify="left", box=None, pad_edge=False)
    for heading in ("search", "news", "sweep", "new ads lately", "ads", "known up to", "swept on"):
        table.add_column(heading, justify="left" if heading == "search" else "right")
    for one in night.asked:
        known = one.history
        table.add_row(
            one.search.name,
            _calls(one.share.news),
            _calls(one.share.sweep),
            "-" if known.brought is None else f"{known.brought:,.0f} a night",
            "-" if known.size is None else f"{known.size:,}",
            "-" if known.since is None else f"{known.since:%Y-%m-%d %H:%M}",
            "-" if known.swept_on is None else f"{known.swept_on}",
        )
    Console().print(table)


def _calls(share: int | None) -> str:
    return "all" if share is None else f"{share:,}"
