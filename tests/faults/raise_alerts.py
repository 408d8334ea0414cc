"""Raises the alerts by what they are about, and sees each arrive at a stand-in for Slack or the pager:

    .venv/bin/python tests/faults/raise_alerts.py

Needs Debian's prometheus, prometheus-alertmanager, and its postgres, redis and node exporters. Takes five
minutes: a quiet spell that may raise nothing, then one cause after another. `for` and windows are a
twentieth of those shipped; ages are made by moving rows of the audit into the past. Exit code 1 where an
alert does not arrive.
"""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

import yaml
from alarms.night import Night
from alarms.watch import SHIPPED, Watch
from written_ads import ADS

RULES = {
    rule["alert"]: rule
    for group in yaml.safe_load((SHIPPED / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
}
WHERE = {"critical": "/pager", "warning": "/slack", "info": None}
QUIET_S, ARRIVES_WITHIN_S = 60, 120


def many_things_at_once(night: Night) -> None:
    night.batch_of(12, 200, 2)
    night.world.publish(13, ADS)
    night.world.query(
        "update ops.batches set collected = 40, inserted = 30, quarantined = 10 where batch_id = 13"
    )
    night.past("ops.batches", hours=27, published_at=1)
    night.nights_fail()
    night.batch_since(13)
    night.spend_calls()
    night.fill_memory(0.85)
    night.archiving_fails()
    night.world.query("select pg_create_physical_replication_slot('nobody', true)")
    night.back_up(hours=27, days=9)
    night.use_disk()


def slower_and_fuller(night: Night) -> None:
    night.batch_since(16)
    night.textfile.unlink()
    night.fill_memory(0.97)


def too_long(night: Night) -> None:
    night.batch_since(21)
    night.world.query("alter table marts.jobs rename to jobs_lost")
    # since the first of these spells nothing was archived
    night.publish_again(seconds_ago=25)
    night.watch.lower("WalArchivingBehind", "> 3600", "> 20")


def worse_than_usual(night: Night) -> None:
    night.batch_ends()
    night.gate_holds()


SPELLS = (
    (
        many_things_at_once,
        {
            "NewErrorType": "three runs failed with SourceDown",
            "ThreeBatchesFailed": "three nights whose collect failed",
            "NoSuccessfulBatch": "published_at moved 27 hours back",
            "BatchOver12Minutes": "collect running for 13 minutes",
            "QuarantineJumped": "10 of 40 ads in quarantine, 2 of 200 before",
            "AdsCollapsed": "40 ads collected, 200 before",
            "CallsNearlyGone": "3 of 3 calls sent by the ledger",
            "NewModelVersion": "another version published",
            "RedisMemoryOver80Percent": "85 % of maxmemory filled",
            "WalArchivingFails": "archive_command = false",
            "WalNotReceived": "a slot without a receiver",
            "BackupTooOld": "the textfile says 27 hours ago",
            "RestoreDrillTooOld": "the textfile says 9 days ago",
            "PostgresDiskOver90Percent": "threshold set 1 % below what is used",
        },
    ),
    (
        slower_and_fuller,
        {
            "BatchOver15Minutes": "collect running for 16 minutes",
            "NoBackupKnown": "the textfile deleted",
            "NoRestoreDrillKnown": "the textfile deleted",
            "RedisMemoryOver95Percent": "97 % of maxmemory filled",
            "AnswersOver500Ms": "marts.jobs locked for 1.5 s at a time",
        },
    ),
    (
        too_long,
        {
            "BatchOver20Minutes": "collect running for 21 minutes",
            "ErrorsOver5Percent": "marts.jobs renamed",
            "WalArchivingBehind": "a batch published 25 s ago, 20 s for its hour",
        },
    ),
    (worse_than_usual, {"BatchHeld": "export ended with PublicationHeld"}),
    (
        Night.ends_database,
        {
            "AuditUnreadable": "PostgreSQL stopped",
            "ExporterDown": "PostgreSQL stopped",
            "NoBatchKnown": "PostgreSQL stopped",
        },
    ),
    (Night.ends_api, {"ApiDown": "the API stopped"}),
)


def main() -> int:
    with TemporaryDirectory(prefix="jobdash-") as folder:
        night = Night(Path(folder))
        try:
            night.begin()
            return _watch(night)
        finally:
            night.end()


def _watch(night: Night) -> int:
    missing = set(RULES) - {name for _, causes in SPELLS for name in causes}
    assert not missing, missing
    time.sleep(QUIET_S)
    loud = night.watch.firing()
    print(f"quiet for {QUIET_S} s: {', '.join(sorted(loud)) or 'no alert'}")
    row = "{:26} {:9} {:46} {:>8} {:>8}".format
    print(row("alert", "severity", "cause", "after s", "messages"))
    all_came = not loud
    for number, (cause, causes) in enumerate(SPELLS):
        ends = Event()
        helpers = {1: (night.ask, night.hold_readers_up), 2: (night.ask,)}.get(number, ())
        threads = [Thread(target=helper, args=(ends,), daemon=True) for helper in helpers]
        early = night.watch.firing() & causes.keys()
        began = time.monotonic()
        cause(night)
        for thread in threads:
            thread.start()
        came = _wait(night.watch, set(causes), began)
        ends.set()
        for thread in threads:
            thread.join()
        for name, told in causes.items():
            severity = RULES[name]["labels"]["severity"]
            after = f"{came[name]:.0f}" if name in came else "never"
            after = "before" if name in early else after
            print(row(name, severity, told, after, _messages(night.watch, name)), flush=True)
        all_came &= len(came) == len(causes) and not early
    return 0 if all_came else 1


def _wait(watch: Watch, names: set[str], began: float) -> dict[str, float]:
    came: dict[str, float] = {}
    while len(came) < len(names) and time.monotonic() - began < ARRIVES_WITHIN_S:
        firing = watch.firing()
        for name in names - came.keys():
            sent = _messages(watch, name)
            if sent if WHERE[RULES[name]["labels"]["severity"]] else name in firing:
                came[name] = time.monotonic() - began
        time.sleep(0.5)
    return came


def _messages(watch: Watch, name: str) -> int:
    where = WHERE[RULES[name]["labels"]["severity"]]
    return watch.receiver.messages(where, RULES[name]["annotations"]["summary"]) if where else 0


if __name__ == "__main__":
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    sys.exit(main())
