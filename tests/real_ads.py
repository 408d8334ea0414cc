"""Real ads, which are not part of the project: they lie in `shared/` beside it, or tests skip."""

import gzip
import json
from pathlib import Path

import pytest

from core.paths import ROOT

SHARED = ROOT.parent / "shared"


def shared_file(*names: str) -> Path:
    path = SHARED.joinpath(*names)
    if not path.exists():
        pytest.skip(f"no real ads here: {'/'.join(names)} is not beside the project")
    return path


def read_ads(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
