"""What a stage works with: the batch, its database, the settings, and a way to tell how it goes."""

from dataclasses import dataclass
from pathlib import Path

from psycopg2.extensions import connection as Connection

from core.batches import Batch
from core.database import connect
from core.settings import Settings
from pipeline.dbt import Dbt


@dataclass(frozen=True)
class Context:
    settings: Settings
    connection: Connection
    batch: Batch
    dbt: Dbt
    searches: Path
    redis_url: str
    database_url: str

    def connect(self) -> Connection:
        """Another connection to the same database."""
        return connect(self.database_url)
