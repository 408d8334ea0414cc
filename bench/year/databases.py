"""A database for each collector, dropped when the bench ends."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from scratch import migrated_database, own_server


@contextmanager
def server() -> Iterator[str]:
    """The address of the server of DATABASE_URL, or of one that lives as long as the block."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    with own_server() as dsn:
        yield dsn


def database(server_dsn: str, *, keep: bool) -> AbstractContextManager[str]:
    """One that does not wait for the disk: a year has 100,000 commits, and nothing here looks at what
    survives a crash."""
    return migrated_database(server_dsn, keep=keep, waits_for_disk=False)
