"""What a model says of itself: where it comes from and what reads it."""

import json
import platform
from dataclasses import asdict, dataclass
from importlib import metadata

from ml.errors import ModelIncompatible

# Raised when the files of a model change: a release cannot read those of another form.
FORM = 6
LIBRARIES = {
    "python": platform.python_version(),
    **{name: metadata.version(name) for name in ("scikit-learn", "numpy", "scipy", "joblib")},
}


@dataclass(frozen=True)
class Manifest:
    """`version` is None until the model is written; `parent` is the version it follows. `fit` tells of
    the ads that vocabulary and weights are of, and of their words, how many of which have no column;
    `since_fit` the same of what changed since."""

    version: str | None
    batch_id: int
    parent: str | None
    created: str
    ads: int
    features: int
    corpus_sha256: str
    settings: dict[str, object]
    libraries: dict[str, str]
    fit: dict[str, int]
    since_fit: dict[str, int]
    form: int = FORM

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, written: str | bytes) -> "Manifest":
        """Raises ModelIncompatible when another release wrote it."""
        told = json.loads(written)
        if told.get("form") != FORM:
            raise ModelIncompatible(
                f"Model {told.get('version')} was written by another release of jobdash. "
                "Build a new one with `jobdash run`."
            )
        return cls(**told)
