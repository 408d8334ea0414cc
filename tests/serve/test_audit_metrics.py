"""What Prometheus is told of the batches, read from a real audit."""

import re
from contextlib import closing, contextmanager
from datetime import date, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from published_world import World
from written_ads import ADS

from core.batches import batch_to_collect, finish_run, start_run
from core.database import connect
from core.errors import PublicationHeld
from core.paths import ROOT
from ingest.adzuna.source import FREE_KEY
from ingest.budget.ledger import Ledger, Purpose
from ingest.clock import DatabaseClock

ALERTS = ROOT / "deploy/prometheus/alerts.yml"
# told by the file that `jobdash backup` writes for node_exporter
OF_BACKUPS = {
    "jobdash_backup_last_success_timestamp_seconds",
    "jobdash_restore_drill_last_success_timestamp_seconds",
}
NIGHT = date(2026, 1, 9)


def scraped(world: World, **settings: str) -> dict[tuple, float]:
    """By name and values of labels, from a process that asks the database now."""
    response = world.client(**settings).get("/metrics")
    assert response.status_code == 200
    return {
        (sample.name.removeprefix("jobdash_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


@pytest.fixture
def run(world: World):
    """Runs one stage of the batch of a day, which fails with the error where one is given."""

    def run(stage: str, error: Exception | None = None, day: date = NIGHT) -> int:
        with closing(connect(world.database_url)) as connection:
            number = start_run(connection, batch_to_collect(connection, day), stage)
            why = (str(error), type(error).__name__) if error else ()
            finish_run(connection, number, {}, *why)
            return number

    return run


@contextmanager
def under_way(world: World, stage: str, day: date = NIGHT):
    with closing(connect(world.database_url)) as connection:
        batch = batch_to_collect(connection, day)
        yield start_run(connection, batch, stage)


def let_pass(world: World, minutes: int) -> None:
    """Moves all that the audit has into the past."""
    by = timedelta(minutes=minutes)
    world.query(
        "update ops.batch_runs set started_at = started_at - %s, ended_at = ended_at - %s", by, by
    )


def test_a_batch_under_way_is_timed_while_it_runs_and_between_its_stages(world, run):
    assert scraped(world)["batch_running_seconds",] == 0
    run("collect")
    let_pass(world, 9)
    assert 540 <= scraped(world)["batch_running_seconds",] < 600
    with under_way(world, "validate"):
        let_pass(world, 9)
        assert 1080 <= scraped(world)["batch_running_seconds",] < 1140


def test_a_batch_that_failed_is_not_under_way_and_begins_anew_when_it_goes_on_later(world, run):
    run("collect", OSError("no room"))
    assert scraped(world)["batch_running_seconds",] == 0
    let_pass(world, 40)
    with under_way(world, "collect"):
        assert scraped(world)["batch_running_seconds",] < 60


def test_the_time_of_a_killed_process_is_not_that_of_the_next_one(world):
    with under_way(world, "collect"):
        let_pass(world, 600)
    with under_way(world, "collect"):
        told = scraped(world)
    assert told["batch_running_seconds",] < 60
    assert told["run_errors_total", "ProcessEnded"] == 1


def test_failures_are_counted_in_a_row_until_one_succeeds(world, run):
    assert scraped(world)["batches_failed_in_a_row",] == 0
    for nights in range(3):
        run("collect", OSError("no room"), NIGHT + timedelta(days=nights))
        assert scraped(world)["batches_failed_in_a_row",] == nights + 1
    world.publish(5, ADS)
    assert scraped(world)["batches_failed_in_a_row",] == 0


def test_runs_retries_and_errors_are_told_by_stage_and_class(world, run):
    run("collect", OSError("no room"))
    run("collect", ValueError("odd: one"))
    run("collect")
    told = scraped(world)
    assert told["stage_runs_total", "collect", "failed"] == 2
    assert told["stage_runs_total", "collect", "success"] == 2
    assert told["stage_retries_total", "collect"] == 2
    assert told["stage_retries_total", "validate"] == 0
    assert told["run_errors_total", "OSError"] == told["run_errors_total", "ValueError"] == 1
    first_seen = world.value(
        "select extract(epoch from min(ended_at))::float8 from ops.batch_runs"
        " where error_type = 'OSError'"
    )
    assert told["run_error_first_seen_timestamp_seconds", "OSError"] == pytest.approx(first_seen)


def test_the_newest_batch_is_told_beside_the_ten_before(world):
    for number in range(2, 14):
        world.publish_what_was(number, "tfidf_v20260108")
    now = "update ops.batches set collected = %s, inserted = %s, quarantined = %s, vanished = 7"
    world.query(f"{now} where batch_id < 3", 9999, 9999, 0)
    world.query(f"{now} where batch_id between 3 and 12", 200, 190, 10)
    world.query(f"{now} where batch_id = 13", 40, 30, 10)
    told = scraped(world)
    assert told["batch_ads_collected",] == 40
    assert told["batch_ads_collected_mean",] == 200
    assert told["batch_quarantine_ratio",] == 0.25
    assert told["batch_quarantine_ratio_mean",] == pytest.approx(0.05)
    assert told["batch_ads", "quarantined"] == 10
    assert told["batch_ads", "vanished"] == 7


def test_the_figures_of_the_gate_are_those_of_the_newest_batch(world):
    world.publish_what_was(2, "tfidf_v20260108")
    world.query(
        "insert into ops.batch_figures values (1, 90, 0.9, 0.9, 9, 0.9, 0.9, now(), null),"
        " (2, 120, 0.25, 0.75, 20, 0.5, 0.5, now(), 66.5)"
    )
    told = scraped(world)
    assert told["batch_open_ads",] == 120
    assert told["batch_pay_ratio",] == 0.25
    assert told["batch_skill_ratio",] == 0.75
    assert told["batch_data_quality_score",] == 66.5


def test_a_replay_of_the_quarantine_is_no_batch_without_ads(world):
    world.publish_what_was(2, "tfidf_v20260108")
    world.query(
        """update ops.batch_runs set counts = '{"replayed": 3}' where batch_id = 2"""
        " and stage = 'collect'"
    )
    assert scraped(world)["batch_ads_collected",] == len(ADS)


def test_the_calls_left_are_those_of_the_last_account(world):
    with closing(connect(world.database_url)) as connection:
        for account, made in (("old", 9), ("new", 2)):
            ledger = Ledger(
                connection,
                DatabaseClock(connection),
                source="adzuna",
                account=account,
                limits=FREE_KEY,
            )
            ledger.remember_limits()
            for page in range(made):
                ledger.send(Purpose(2, 1, None, page, {}))
    told = scraped(world)
    assert told["calls_left", "adzuna", "86400"] == 248
    assert told["calls_limit", "adzuna", "86400"] == 250


def test_the_model_and_the_marts_are_told(world):
    told = scraped(world)
    assert told["model_info", "tfidf_v20260108"] == 1
    assert told["model_ads", "tfidf_v20260108"] > 0
    ((published, activated),) = world.query(
        "select extract(epoch from published_at)::float8, extract(epoch from activated_at)::float8"
        " from ops.publication, ops.model_activations"
    )
    assert told["marts_published_timestamp_seconds", "tfidf_v20260108"] == pytest.approx(published)
    assert told["schema_size_bytes", "marts"] > 0
    assert told["database_size_bytes",] > told["schema_size_bytes", "raw"]
    world.publish_what_was(2, "tfidf_v20260108")
    told = scraped(world)
    assert told["model_activated_timestamp_seconds", "tfidf_v20260108"] == pytest.approx(activated)


def test_an_audit_of_another_release_is_told_as_unreadable(world):
    world.query("drop view ops.calls_left")
    told = scraped(world)
    assert told["audit_up",] == 0
    assert not [name for name, *_ in told if name.startswith("batch")]


def test_without_the_database_the_rest_is_told(world):
    told = scraped(world, database_url="postgresql://127.0.0.1:1/none")
    assert told["audit_up",] == 0
    assert told["api_workers",] == 1


def test_a_table_that_is_replaced_just_now_holds_nothing_up(world):
    with closing(connect(world.database_url)) as connection, connection.cursor() as cursor:
        cursor.execute("lock table marts.jobs in access exclusive mode")
        assert scraped(world)["audit_up",] == 1


def test_two_scrapes_within_ten_seconds_read_once(world):
    client = world.client()
    first = client.get("/metrics").text
    world.query("drop view ops.calls_left")
    again = client.get("/metrics").text
    assert "jobdash_audit_up 1.0" in first
    assert "jobdash_audit_up 1.0" in again


def test_the_model_that_a_worker_holds_is_told(world):
    client = world.client()
    assert "jobdash_api_model" not in client.get("/metrics").text
    client.get("/readyz")
    assert 'jobdash_api_model_info{version="tfidf_v20260108"} 1.0' in client.get("/metrics").text


def test_every_metric_that_an_alert_asks_for_is_told(world, run):
    run("collect", OSError("no room"))
    world.publish_what_was(3, "tfidf_v20260108")
    world.query("insert into raw.call_limits values ('adzuna', '1 day', 'mine', 250)")
    client = world.client()
    client.get("/api/jobs/search?q=soudeur")
    told = client.get("/metrics").text
    asked = set(re.findall(r"\bjobdash_\w+", ALERTS.read_text(encoding="utf-8"))) - OF_BACKUPS
    assert len(asked) > 10
    assert {
        name for name in asked if f"\n{name}{{" not in told and f"\n{name} " not in told
    } == set()


def test_a_batch_that_the_gate_holds_is_told_until_it_is_published_or_another_begins(world, run):
    assert scraped(world)["batch_held",] == 0
    run("export", PublicationHeld("38 open ads, where 5,310 are usual"))
    assert scraped(world)["batch_held",] == 1
    run("collect", day=NIGHT + timedelta(days=1))
    assert scraped(world)["batch_held",] == 0
