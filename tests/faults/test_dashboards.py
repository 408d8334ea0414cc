"""The dashboards of `deploy/grafana/`: each query is put to a Prometheus that watches real servers."""

import json
import math
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests
from alarms.night import Night

from core.paths import ROOT

DASHBOARDS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))
}
PROGRAMS = (
    "prometheus", "prometheus-alertmanager", "prometheus-postgres-exporter",
    "prometheus-redis-exporter", "prometheus-node-exporter",
)  # fmt: skip
ANSWERS_WITHIN_S = 60
missing = [program for program in PROGRAMS if not shutil.which(program)]
needs_prometheus = pytest.mark.skipif(
    bool(missing), reason=f"needs {', '.join(missing)}: apt-get install {' '.join(missing)}"
)


def panels(name: str) -> list[dict]:
    return [panel for panel in DASHBOARDS[name]["panels"] if panel["type"] != "row"]


def queries(name: str) -> list[tuple[str, str]]:
    """Title and expression."""
    return [
        (panel["title"], target["expr"]) for panel in panels(name) for target in panel["targets"]
    ]


@pytest.fixture(scope="module")
def night() -> Iterator[Night]:
    """Two more batches, nights that fail and calls, all seen by Prometheus as they happen."""
    with TemporaryDirectory(prefix="jobdash-") as folder:
        night = Night(Path(folder))
        try:
            night.begin()
            night.is_seen()
            for number in (12, 13):  # each brings back the marts before
                night.batch_of(number, 200, 2)
            night.nights_fail()
            night.spend_calls()
            yield night
        finally:
            night.end()


@pytest.mark.slow
@needs_prometheus
@pytest.mark.parametrize("name", DASHBOARDS)
def test_every_query_of_a_dashboard_has_something_to_show(night, name):
    silent = dict.fromkeys(query for _, query in queries(name))
    ends = time.monotonic() + ANSWERS_WITHIN_S
    while silent and time.monotonic() < ends:
        requests.get(f"{night.where}/api/jobs/search?q=soudeur", timeout=10)
        silent = {query: None for query in silent if not shows_a_number(night, query)}
        time.sleep(0.5)
    assert not silent, "\n".join(silent)


def shows_a_number(night: Night, query: str) -> bool:
    """0 / 0, of what has not happened yet, is none."""
    return any(math.isfinite(float(series["value"][1])) for series in night.watch.ask(query))


@pytest.mark.parametrize("name", DASHBOARDS)
def test_panels_stand_side_by_side_and_ask_the_source_that_is_provisioned(name):
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARDS[name]["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24, panel["title"]
        taken |= cells
    provisioned = (ROOT / "deploy/grafana/provisioning/datasources/prometheus.yml").read_text()
    for panel in panels(name):
        for target in panel["targets"]:
            assert f"uid: {target['datasource']['uid']} " in provisioned


def test_each_dashboard_has_an_address_of_its_own():
    addresses = {dashboard["uid"] for dashboard in DASHBOARDS.values()}
    assert addresses == {f"jobdash-{name}" for name in DASHBOARDS}
