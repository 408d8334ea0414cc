"""Every night at 00:30 UTC: collect the day's job ads, clean them, learn from them, publish them.

One run is one batch, dated by the **end** of its data interval: the run that starts at 00:30 on
8 January is batch 2026-01-08. A run by hand is the batch of the last 00:30, or of its own day when
it was given no logical date.

Each task calls `jobdash stage NAME --date DAY`, which is safe to run again: to repeat a failed stage
and all that follow it, clear its task; to collect a published day again, clear `collect`. Readers
keep the last published batch until `export` succeeds. A stage that fails is tried three times more;
what it said stands in the task's log.

The command is found by the variable `JOBDASH` (default: `jobdash` on the path) and reads its
settings (`DATABASE_URL`, `REDIS_URL`, `MODEL_STORE`, `ADZUNA_APP_ID`, `ADZUNA_APP_KEY`) from the
environment of the worker. Tasks hand nothing to each other: what a stage made lies in the database
and in the model store.

Tasks run in the pool `jobdash`, which has to be there with one slot:
`airflow pools set jobdash 1 "one batch at a time"`. Nights that were missed are made up for with
`airflow backfill create --dag-id collect_jobs_daily --from-date … --to-date … --max-active-runs 1`:
without that option batches take turns, and each takes over what the one before left open.

A stage that failed for good is told in Slack, where the variable `SLACK_WEBHOOK_FILE` names a file
with the address of an incoming webhook.
"""

from datetime import UTC, datetime, timedelta

from telling_slack import tell_slack

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG, CronDataIntervalTimetable, chain
except ImportError:  # Airflow 2
    from airflow.models.baseoperator import chain
    from airflow.models.dag import DAG
    from airflow.operators.bash import BashOperator
    from airflow.timetables.interval import CronDataIntervalTimetable

STAGES = ("collect", "validate", "enrich", "vectorize", "export")
# Airflow 3 gives a run by hand no interval when it has no logical date.
DATE = "{{ data_interval_end | default(dag_run.run_after) | ds }}"

with DAG(
    "collect_jobs_daily",
    description="Collects, cleans and publishes the job ads of one day",
    doc_md=__doc__,
    # In Airflow 3 a bare cron string would give an interval of no length.
    schedule=CronDataIntervalTimetable("30 0 * * *", timezone="UTC"),
    # Any day before the first batch: Airflow runs nothing for days before it, and says so nowhere.
    start_date=datetime(2020, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={
        "pool": "jobdash",
        "on_failure_callback": tell_slack,
        "retries": 3,
        # After 60, 120 and 240 s; Airflow stretches all but the last a little, so that not all
        # that failed together come back together.
        "retry_delay": timedelta(seconds=60),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(seconds=240),
        # Three times the longest stage: 250 calls of Adzuna at 25 a minute take ten minutes.
        "execution_timeout": timedelta(minutes=30),
    },
    tags=["jobdash"],
):
    chain(
        *(
            BashOperator(
                task_id=stage,
                bash_command=f'"${{JOBDASH:-jobdash}}" stage {stage} --date {DATE}',
            )
            for stage in STAGES
        )
    )
