"""Prometheus, Alertmanager and the exporters as Debian has them, on free ports, with the shipped files:
the same expressions, their `for` and windows shortened by one factor."""

import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import requests
import yaml

from core.paths import ROOT

SHIPPED = ROOT / "deploy" / "prometheus"
SHORTENED = 20
SPAN = re.compile(r"(?<=for: )\d+m|(?<=\[)\d+m(?=\])")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Receiver:
    """What stands in for Slack and the pager: remembers what came."""

    def __init__(self) -> None:
        told = self.told = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told.append(f"{self.path} {body}")
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"status": "success"}')

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def messages(self, path: str, summary: str) -> int:
        """How often it was told; that it is over does not count."""
        return sum(
            one.startswith(path)
            and summary in one
            and f"Over: {summary}" not in one
            and '"resolve"' not in one
            for one in list(self.told)
        )


class Watch:
    def __init__(self, folder: Path, targets: Mapping[str, int]):
        self._folder, self._targets = folder, dict(targets)
        self._started: list[subprocess.Popen] = []
        self.receiver = Receiver()
        self.alertmanager = f"http://127.0.0.1:{free_port()}"
        self._targets["alertmanager"] = int(self.alertmanager.rpartition(":")[2])
        self._alerts = (SHIPPED / "alerts.yml").read_text(encoding="utf-8")

    def start(self, *command: object, **environment: str) -> subprocess.Popen:
        log = (self._folder / f"{Path(str(command[0])).name}.log").open("ab")
        process = subprocess.Popen(
            [str(part) for part in command],
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
        self._started.append(process)
        return process

    def begin(self) -> None:
        self._write_alertmanager()
        self._write_prometheus()
        self.prometheus = f"http://127.0.0.1:{free_port()}"
        self.write_rules()
        self.start(
            "prometheus-alertmanager",
            f"--config.file={self._folder / 'alertmanager.yml'}",
            f"--storage.path={self._folder / 'alertmanager'}",
            f"--web.listen-address={self.alertmanager.removeprefix('http://')}",
            "--cluster.listen-address=",
        )
        self._prometheus = self.start(
            "prometheus",
            f"--config.file={self._folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={self._folder / 'tsdb'}",
            f"--web.listen-address={self.prometheus.removeprefix('http://')}",
        )

    def lower(self, alert: str, old: str, new: str) -> None:
        """Another threshold for what cannot be caused on a machine that others need."""
        at = self._alerts.index(f"alert: {alert}\n")
        self._alerts = self._alerts[:at] + self._alerts[at:].replace(old, new, 1)
        self.write_rules()
        self._prometheus.send_signal(signal.SIGHUP)

    def ask(self, query: str) -> list[dict]:
        """The series that an expression gives now. Raises HTTPError where it is none."""
        answer = requests.get(
            f"{self.prometheus}/api/v1/query", params={"query": query}, timeout=10
        )
        answer.raise_for_status()
        return answer.json()["data"]["result"]

    def firing(self) -> set[str]:
        """Those at Alertmanager that are not inhibited."""
        answer = requests.get(
            f"{self.alertmanager}/api/v2/alerts", params={"inhibited": "false"}, timeout=5
        )
        return {alert["labels"]["alertname"] for alert in answer.json()}

    def end(self) -> None:
        for process in reversed(self._started):
            process.kill()
            process.wait()

    def write_rules(self) -> None:
        (self._folder / "alerts.yml").write_text(SPAN.sub(_shorter, self._alerts), encoding="utf-8")

    def _write_prometheus(self) -> None:
        config = yaml.safe_load((SHIPPED / "prometheus.yml").read_text(encoding="utf-8"))
        config["global"] = dict.fromkeys(
            ("scrape_interval", "scrape_timeout", "evaluation_interval"), "1s"
        )
        for job in config["scrape_configs"]:
            port = self._targets[job["job_name"]]
            job["static_configs"] = [{"targets": [f"127.0.0.1:{port}"]}]
            if job["job_name"] == "jobdash":  # a database that is gone is waited for
                job |= {"scrape_interval": "5s", "scrape_timeout": "5s"}
        manager = [{"targets": [self.alertmanager.removeprefix("http://")]}]
        config["alerting"]["alertmanagers"] = [{"static_configs": manager}]
        (self._folder / "prometheus.yml").write_text(json.dumps(config), encoding="utf-8")

    def _write_alertmanager(self) -> None:
        config = yaml.safe_load((SHIPPED / "alertmanager.yml").read_text(encoding="utf-8"))
        config["global"] = {"pagerduty_url": f"{self.receiver.url}/pager"}
        config["route"] |= {"group_wait": "1s", "group_interval": "2s"}
        for name, secret in (
            ("pager_routing_key", "k" * 32),
            ("slack_url", f"{self.receiver.url}/slack"),
        ):
            (self._folder / name).write_text(secret, encoding="utf-8")
        text = json.dumps(config).replace("/etc/prometheus/secrets", str(self._folder))
        (self._folder / "alertmanager.yml").write_text(text, encoding="utf-8")


def _shorter(span: re.Match) -> str:
    return f"{int(span[0][:-1]) * 60 // SHORTENED}s"
