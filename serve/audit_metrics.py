"""The audit for Prometheus: read when it is asked, ten seconds old at most, and never waited for long."""

import logging
import time
from collections.abc import Iterable, Sequence
from threading import Lock

import psycopg2
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from psycopg2.extensions import cursor as Cursor

from serve.audit_topics import TOPICS, Topic
from serve.problems import Problem
from serve.warehouse import Warehouse

log = logging.getLogger(__name__)

KEPT_S = 10
# Of each statement. The transaction holds the publication, and who publishes waits for it.
NOT_FOR_LONG = "set local statement_timeout = '1s'; set local lock_timeout = '200ms'"


class AuditCollector(Collector):
    """`jobdash_audit_up` is 0, and nothing of the audit is told, where it cannot be read."""

    def __init__(self, warehouse: Warehouse):
        self._warehouse = warehouse
        self._lock = Lock()
        self._told: Sequence[Metric] = ()
        self._read_at = float("-inf")

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if time.monotonic() - self._read_at >= KEPT_S:
                self._told = self._read()
                self._read_at = time.monotonic()
            return self._told

    def _read(self) -> list[Metric]:
        up = GaugeMetricFamily("jobdash_audit_up", "Whether the audit in the database can be read.")
        told = []
        try:
            with self._warehouse.auditing() as (cursor, _):
                cursor.execute(NOT_FOR_LONG)
                for topic in TOPICS:
                    told += _tell(topic, cursor)
        except (psycopg2.Error, Problem) as error:
            log.warning("the audit was not read for /metrics: %s", type(error).__name__)
            told.clear()
        up.add_metric((), 1 if told else 0)
        return [up, *told]


def _tell(topic: Topic, cursor: Cursor) -> list[Metric]:
    cursor.execute(topic.sql)
    rows = cursor.fetchall()
    return [_metric(name, meant, topic.labels, rows) for name, meant in topic.told.items()]


def _metric(name: str, meant: str, labels: Sequence[str], rows: Sequence[dict]) -> Metric:
    family = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
    metric = family(f"jobdash_{name}", meant, labels=labels)
    for row in rows:
        if row[name] is not None:
            metric.add_metric([row[label] for label in labels], float(row[name]))
    return metric
