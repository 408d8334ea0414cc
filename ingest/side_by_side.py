"""All sources of a batch at the same time, each on connections of its own, each under its own budget."""

from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import groupby
from threading import Thread

from psycopg2.extensions import connection as Connection

from core.batches import Batch
from core.settings import Settings
from ingest.budget.ledger import Ledger
from ingest.clock import DatabaseClock
from ingest.collect import collect
from ingest.files.reading import read_files
from ingest.reading import Teller
from ingest.search import Search
from ingest.sources import KINDS

Connect = Callable[[], Connection]


def collect_all(
    settings: Settings, connect: Connect, batch: Batch, searches: Sequence[Search], teller: Teller
) -> None:
    """Every source goes as far as it can; then what the first of them raised is raised."""
    by_source = [
        (source, list(group))
        for source, group in groupby(sorted(searches, key=_source), key=_source)
    ]
    raised: list[BaseException] = []

    def work(source: str, of_source: list[Search]) -> None:
        try:
            collect_source(settings, connect, batch, source, of_source, teller)
        except BaseException as error:
            raised.append(error)

    # daemons: an interrupt ends the process, and PostgreSQL rolls back what had not landed
    threads = [Thread(target=work, args=one, name=one[0], daemon=True) for one in by_source]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]


def collect_source(
    settings: Settings,
    connect: Connect,
    batch: Batch,
    source: str,
    searches: Sequence[Search],
    teller: Teller,
) -> None:
    with closing(connect()) as connection, closing(connect()) as of_ledger:
        clock = DatabaseClock(connection)
        open_source = KINDS[source].opened
        if open_source is None:
            read_files(connection, clock, batch, searches, teller)
            return
        with open_source(settings, clock, batch.day, teller.note) as opened:
            ledger = Ledger(
                of_ledger,
                clock,
                source=opened.name,
                account=opened.account,
                limits=opened.limits,
            )
            collect(connection, ledger, clock, opened, batch, searches, teller, settings.retry_wait)


def _source(search: Search) -> str:
    return search.source
