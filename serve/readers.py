"""What a request reads from."""

from dataclasses import dataclass

from serve.cache import Cache
from serve.models import LoadedModels
from serve.warehouse import Warehouse


@dataclass(frozen=True)
class Readers:
    warehouse: Warehouse
    models: LoadedModels
    cache: Cache
