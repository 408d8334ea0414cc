#!/bin/bash
# Runs the nightly DAG once, all five stages for real, in a new Airflow that is thrown away after.
#   airflow/try_dag.sh ENVIRONMENT DATE
# ENVIRONMENT is a folder made by make_env.sh, DATE the batch (2026-01-08). The stages run in the
# jobdash that JOBDASH names, by default this project's, with the settings of the calling shell.
# Exits with 1 when a stage failed; stages are not tried again here.
set -eu
[ $# -eq 2 ] || { echo "Usage: $0 ENVIRONMENT DATE" >&2; exit 2; }
[ -x "$1/bin/airflow" ] || { echo "No Airflow in $1: make it with airflow/make_env.sh" >&2; exit 2; }
project="$(cd "$(dirname "$0")/.." && pwd)"

AIRFLOW_HOME="$(mktemp -d)"
trap 'rm -rf "$AIRFLOW_HOME"' EXIT
export AIRFLOW_HOME
export AIRFLOW__CORE__DAGS_FOLDER="$project/airflow/dags"
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export JOBDASH="${JOBDASH:-$project/.venv/bin/jobdash}"

# A cluster policy is Airflow's own way to change a task from outside its DAG file.
mkdir "$AIRFLOW_HOME/config"
echo 'def task_policy(task): task.retries = 0' > "$AIRFLOW_HOME/config/airflow_local_settings.py"

"$1/bin/airflow" db migrate > "$AIRFLOW_HOME/migrate.log" 2>&1 || {
  cat "$AIRFLOW_HOME/migrate.log" >&2
  exit 1
}
# `dags test` counts as a run by hand: its data interval is the last one that ended by this moment.
"$1/bin/airflow" dags test collect_jobs_daily "$2T00:30:00+00:00"
