"""Run by an environment's own Python: prints as JSON what Airflow's scheduler knows of the DAG."""

import json
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from airflow.models.taskinstance import TaskInstance
from airflow.timetables.base import DataInterval, TimeRestriction

try:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.serialization.serialized_objects import DagSerialization
except ImportError:  # Airflow 2
    from airflow.models.dagbag import DagBag
    from airflow.serialization.serialized_objects import SerializedDAG as DagSerialization

END = datetime(2026, 1, 7, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def scheduled_run(dag):
    """The run that follows the one of 7 January."""
    return dag.timetable.next_dagrun_info(
        last_automated_data_interval=DataInterval(END - DAY, END),
        restriction=TimeRestriction(earliest=None, latest=None, catchup=True),
    )


def retry_delays(task) -> list[float]:
    """Seconds between the tries, by Airflow's own rule."""
    tries = [
        SimpleNamespace(
            task=task,
            dag_id=task.dag_id,
            task_id=task.task_id,
            execution_date=END,
            logical_date=END,
            end_date=END,
            try_number=number,
            retry_delay_override=None,
        )
        for number in range(1, task.retries + 1)
    ]
    return [(TaskInstance.next_retry_datetime(one) - END).total_seconds() for one in tries]


sys.path.append(sys.argv[1])  # as Airflow does with the folder of its DAGs
bag = DagBag(sys.argv[1])
parsed = bag.dags["collect_jobs_daily"]
dag = DagSerialization.from_dict(DagSerialization.to_dict(parsed))
run = scheduled_run(dag)
# Airflow 2 knows no `run_after`, Airflow 3 leaves the interval out when a run has none.
by_night = {"data_interval_end": run.data_interval.end, "dag_run": SimpleNamespace()}
by_hand = {"dag_run": SimpleNamespace(run_after=END)}

print(
    json.dumps(
        {
            "import_errors": bag.import_errors,
            "warnings": [line for lines in bag.captured_warnings.values() for line in lines],
            "dags": {
                name: [task.bash_command for task in of_bag.tasks]
                for name, of_bag in bag.dags.items()
            },
            "doc": dag.doc_md,
            "catchup": dag.catchup,
            "max_active_runs": dag.max_active_runs,
            "starts": run.run_after.isoformat(),
            "data_interval_start": run.data_interval.start.isoformat(),
            "data_interval_end": run.data_interval.end.isoformat(),
            "tasks": [
                {
                    "id": task.task_id,
                    "after": sorted(task.upstream_task_ids),
                    "retry_delays": retry_delays(task),
                    "timeout": task.execution_timeout.total_seconds(),
                    "pool": task.pool,
                    "command": parsed.get_task(task.task_id).render_template(
                        task.bash_command, by_night
                    ),
                    "command_by_hand": parsed.get_task(task.task_id).render_template(
                        task.bash_command, by_hand
                    ),
                }
                for task in dag.task_group.topological_sort()
            ],
        }
    )
)
