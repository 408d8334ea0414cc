"""What a process knows of a publication: enough to go on answering while the database is gone."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.publication import Publication
from ml.model import Model
from serve.warehouse import Reading


@dataclass(frozen=True)
class Known:
    """`sources`: by name, the attribution that stands beside their jobs."""

    publication: Publication
    model: Model
    sources: Mapping[str, Mapping[str, str]]


class LastKnown:
    """The publication that was read last."""

    def __init__(self) -> None:
        self._known: Known | None = None

    def get(self) -> Known | None:
        return self._known

    def note(self, reading: Reading, model: Model) -> Known:
        known = self._known
        if known is None or known.publication != reading.publication:
            cursor = reading.cursor
            cursor.execute("select source, attribution, attribution_url from marts.sources")
            sources = {row["source"]: dict(row) for row in cursor.fetchall()}
            self._known = known = Known(reading.publication, model, sources)
        return known
