#!/bin/sh
# Makes a Python environment that holds Airflow and nothing else; when it exists already, checks it.
#   airflow/make_env.sh 3.3|2.10.4 FOLDER [EXTRAS]
# EXTRAS, as postgres,celery, are Airflow's own.
# Airflow is kept apart from jobdash because each pins libraries that the other needs in other versions.
set -eu
uv="$(dirname "$0")/../.venv/bin/uv"
[ -x "$uv" ] || { echo "No $uv: run \`make install\` first" >&2; exit 2; }

# A date in place of a constraints file: packages that came after it do not exist for the resolver,
# so that the same versions are installed every time.
extras="${3:+[$3]}"
case "${1:-} ${2:+folder}" in
  "3.3 folder") version=3.3.2 pythons=">=3.11,<3.15" newest=2026-10-15 ;;
  "2.10.4 folder") version=2.10.4 pythons=">=3.11,<3.13" newest=2024-12-20 ;;
  *) echo "Usage: $0 3.3|2.10.4 FOLDER [EXTRAS]" >&2; exit 2 ;;
esac

[ -x "$2/bin/python" ] || "$uv" venv --quiet --no-python-downloads --python "$pythons" "$2" || {
  echo "Airflow $version needs a Python $pythons: install one and run this again" >&2
  exit 1
}
"$uv" pip install --quiet --compile-bytecode --python "$2/bin/python" --exclude-newer "$newest" "apache-airflow$extras==$version"
