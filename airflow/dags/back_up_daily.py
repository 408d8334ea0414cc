"""Every night at 02:30 UTC, when readers have the new batch, everything is backed up, and on Sundays the
newest backup is restored for a try.

Nothing is backed up until somebody asks for it: both DAGs are there where `BACKUP_STORE` is set, for the
DAG processor too. Workers need that folder, the model store and PostgreSQL's tools, as in the image of
`deploy/docker/airflow.Dockerfile`, and somewhere runs `jobdash backup wal`.

They wait in the pool `jobdash` until no stage is at work, so that a backup knows what a restore has to
find again. What failed is tried again; `deploy/prometheus/` has alerts on backups that are too old.
"""

import os
from datetime import UTC, datetime, timedelta

from telling_slack import tell_slack

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow.models.dag import DAG
    from airflow.operators.bash import BashOperator

BOTH = {
    "doc_md": __doc__,
    "start_date": datetime(2020, 1, 1, tzinfo=UTC),
    "catchup": False,
    "max_active_runs": 1,
    "default_args": {
        "pool": "jobdash",
        "on_failure_callback": tell_slack,
        "retries": 3,
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=6),
    },
    "tags": ["jobdash"],
}

if os.environ.get("BACKUP_STORE"):
    with DAG("back_up_daily", schedule="30 2 * * *", **BOTH):
        BashOperator(task_id="back_up", bash_command='"${JOBDASH:-jobdash}" backup run')
    with DAG("try_backup_weekly", schedule="30 4 * * 0", **BOTH):
        BashOperator(task_id="drill", bash_command='"${JOBDASH:-jobdash}" backup drill')
