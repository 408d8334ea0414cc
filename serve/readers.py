"""What a request reads from."""

from dataclasses import dataclass

from serve.at_hand import Answer
from serve.busiest import Busiest
from serve.cache import Cache
from serve.last_known import Known, LastKnown
from serve.models import LoadedModels
from serve.recent import Recent
from serve.warehouse import Reading, Warehouse


@dataclass(frozen=True)
class Readers:
    warehouse: Warehouse
    models: LoadedModels
    cache: Cache
    last_known: LastKnown
    busiest: Busiest
    at_hand: Recent[Answer]
    jobs: Recent[dict]

    def known(self, reading: Reading) -> Known:
        """What searches need beside the marts, of the publication that is read. Raises ModelUnusable."""
        model = self.models.get(reading.publication.model_version, reading)
        return self.last_known.note(reading, model)
