"""What the worker that answers knows of itself, and how many others count beside it."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from serve.last_known import LastKnown


class WorkerCollector(Collector):
    def __init__(self, last_known: LastKnown):
        self._last_known = last_known

    def collect(self) -> Iterator[Metric]:
        workers = GaugeMetricFamily("jobdash_api_workers", "Workers alive that have answered.")
        workers.add_metric((), len(_alive()))
        yield workers
        known = self._last_known.get()
        if known is None:
            return
        version = known.publication.model_version
        info = GaugeMetricFamily(
            "jobdash_api_model_info", "The model that this worker holds.", labels=["version"]
        )
        info.add_metric([version], 1)
        yield info
        age = GaugeMetricFamily("jobdash_api_model_age_seconds", "Since the day of its batch.")
        created = datetime.fromisoformat(known.model.manifest.created)
        age.add_metric((), (datetime.now(UTC) - created).total_seconds())
        yield age


def _alive() -> set[int]:
    """The workers write their counts into files that are named after them."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder is None:
        return {os.getpid()}
    named = {int(path.stem.rpartition("_")[2]) for path in Path(folder).glob("*_*.db")}
    return {pid for pid in named if psutil.pid_exists(pid)}
