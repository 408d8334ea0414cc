"""The alerts: what promtool and amtool say of them, and where they lead."""

import re
import shutil
import subprocess

import pytest
import yaml

from core.paths import ROOT

FOLDER = ROOT / "deploy" / "prometheus"
ALERTS = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
TESTS = sorted((FOLDER / "tests").glob("*.yml"))
RUNBOOK = (ROOT / "RUNBOOK.md").read_text(encoding="utf-8")
promtool = pytest.mark.skipif(
    not shutil.which("promtool"), reason="needs promtool: apt-get install prometheus"
)
amtool = pytest.mark.skipif(
    not shutil.which("amtool"), reason="needs amtool: apt-get install prometheus-alertmanager"
)


def said_by(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@promtool
def test_the_configuration_and_the_rules_are_valid():
    assert "SUCCESS" in said_by("promtool", "check", "config", FOLDER / "prometheus.yml")


@promtool
@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_alerts_fire_and_stay_silent_as_their_tests_say(path):
    said_by("promtool", "test", "rules", path)


@amtool
def test_alertmanager_takes_its_configuration_and_sends_by_severity():
    config = FOLDER / "alertmanager.yml"
    said_by("amtool", "check-config", config)
    for severity, receiver in (("critical", "pager"), ("warning", "slack"), ("info", "log")):
        routed = said_by(
            "amtool", "config", "routes", "test", f"--config.file={config}", f"severity={severity}"
        )
        assert routed.strip() == receiver


def test_no_address_and_no_key_stands_in_the_configuration():
    for path in FOLDER.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|(?<!_)(api_url|routing_key|password):", text), path


def test_every_alert_has_a_test_that_it_fires_and_one_that_it_is_silent():
    seen = {}
    for path in TESTS:
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]:
            for asked in test["promql_expr_test"]:
                name = re.search('alertname="(\\w+)"', asked["expr"])[1]
                seen.setdefault(name, set()).add(bool(asked["exp_samples"]))
    assert seen == {rule["alert"]: {True, False} for rule in ALERTS}


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_an_alert_says_how_grave_it_is_what_its_value_is_and_where_help_stands(rule):
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert rule["labels"]["about"]
    assert rule["annotations"]["summary"]
    assert "$value" in rule["annotations"]["description"]
    assert rule["annotations"]["runbook_url"] == f"RUNBOOK.md#{rule['alert'].lower()}"
    assert re.search(rf"^#+ {rule['alert']}$", RUNBOOK, re.MULTILINE)
