"""The models in memory: the published one, and the one before it for requests under way."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from psycopg2.extensions import cursor as Cursor

from ml.model import Model
from ml.store import load

KEPT = 2


class LoadedModels:
    def __init__(self, store: Path):
        self._store = store
        self._models: OrderedDict[str, Model] = OrderedDict()
        self._lock = Lock()

    def get(self, version: str, cursor: Cursor) -> Model:
        """Loads a version once; `ops.model_versions` vouches for its files.

        Raises ModelUnusable when they are not the ones that were written.
        """
        with self._lock:
            model = self._models.get(version)
            if model is None:
                cursor.execute(
                    "select files from ops.model_versions where version = %s", (version,)
                )
                model = load(self._store, version, cursor.fetchone()["files"])
                self._models[version] = model
                while len(self._models) > KEPT:
                    self._models.popitem(last=False)
            return model
