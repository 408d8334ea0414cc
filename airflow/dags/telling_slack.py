"""What failed is told in Slack, where `SLACK_WEBHOOK_FILE` names a file with the address of a webhook."""

import json
import os
import subprocess
from pathlib import Path

LONGEST_ERROR = 1_500  # characters; what is longer stands in the log


def tell_slack(context):
    """What failed, why, and where its log is. The address is secret, so no error is shown whole."""
    file = os.environ.get("SLACK_WEBHOOK_FILE")
    address = Path(file).read_text().strip() if file else ""
    if not address:
        return
    import requests  # here, so that reading the DAG does not wait for it

    task = context["task_instance"]
    text = (
        f"Stage {task.task_id.upper()} failed after {context['task'].retries} retries"
        f" ({context['run_id']})\n{_error_of(task.task_id) or context.get('exception')}\n{task.log_url}"
    )
    try:
        answer = requests.post(address, json={"text": text}, timeout=10)
        print(f"Slack answered {answer.status_code}")
    except (requests.RequestException, ValueError) as error:
        print(f"Slack was not told: {type(error).__name__}")


def _error_of(stage):
    """What the stage itself said, from the audit."""
    asked = [os.environ.get("JOBDASH", "jobdash"), "status", "--json", "--last", "1"]
    try:
        told = subprocess.run(asked, capture_output=True, timeout=60, check=True).stdout
        runs = json.loads(told)[0]["stages"]
        return next(run["error"] for run in runs if run["stage"] == stage)[:LONGEST_ERROR]
    except (OSError, subprocess.SubprocessError, LookupError, TypeError, ValueError, StopIteration):
        return None  # the database may be what failed
