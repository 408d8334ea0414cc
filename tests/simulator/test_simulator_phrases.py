"""The phrases are the project's own."""

import gzip
import json
import re
from pathlib import Path

import pytest

import ingest.simulator.phrases

SOURCES = Path(ingest.simulator.phrases.__file__).parent
REAL_ADS = Path(__file__).parents[3] / "shared"
RUN = 8  # words; fewer occur in any two texts about work


def runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@pytest.fixture(scope="module")
def real_runs() -> set[str]:
    files = sorted(REAL_ADS.rglob("*.jsonl.gz"))
    if not files:
        pytest.skip("needs real ads to compare with, in the folder 'shared' beside the project")
    found: set[str] = set()
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                found |= runs(json.loads(line).get("description", ""))
    return found


def test_no_eight_words_are_those_of_a_real_ad(real_runs):
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py"))
    assert runs(sources) & real_runs == set()
