"""The models in memory: the published one, and the one before it for requests under way."""

from collections import OrderedDict
from threading import Lock
from time import monotonic

from ml.errors import ModelOutOfReach
from ml.model import Model
from ml.remote import Store
from ml.store import load
from serve.warehouse import Reading

KEPT = 2
ASKED_AGAIN_AFTER_S = 5  # a store that did not answer; finding out holds a request up for longer


class LoadedModels:
    def __init__(self, store: Store):
        self._store = store
        self._models: OrderedDict[str, Model] = OrderedDict()
        self._lock = Lock()
        self._gone = ""
        self._gone_until = 0.0

    def get(self, version: str, reading: Reading) -> Model:
        """Loads a version once; `ops.model_versions` vouches for its files. One that is loaded answers
        while the store does not, and while another one is fetched.

        Raises ModelUnusable when they are not the ones that were written, or out of reach.
        """
        model = self._models.get(version)
        if model is None:
            with self._lock:
                model = self._models.get(version) or self._load(version, reading)
        return model

    def _load(self, version: str, reading: Reading) -> Model:
        if monotonic() < self._gone_until:
            raise ModelOutOfReach(self._gone)
        cursor = reading.cursor
        cursor.execute("select files from ops.model_versions where version = %s", (version,))
        try:
            model = load(self._store, version, cursor.fetchone()["files"])
        except ModelOutOfReach as error:
            self._gone, self._gone_until = str(error), monotonic() + ASKED_AGAIN_AFTER_S
            raise
        self._models[version] = model
        while len(self._models) > KEPT:
            self._models.popitem(last=False)
        return model
