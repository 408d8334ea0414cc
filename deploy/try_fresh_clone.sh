#!/usr/bin/env bash
# Does what a newcomer does: clones, `make run`, asks the API, Ctrl-C, `make run` again. Fails when an answer is not what
# a newcomer should see, or does not come at all: the limits are for slow machines, the seconds are printed.
set -euo pipefail
project="$(cd "$(dirname "$0")/.." && pwd)"
clone="$(mktemp -d)"
unset DATABASE_URL REDIS_URL ADZUNA_APP_ID ADZUNA_APP_KEY
export PORT="${PORT:-8765}"
where="http://127.0.0.1:$PORT"
running=""

finish() {
  [ -z "$running" ] || stop
  rm -rf "$clone"
}
trap finish EXIT

start() {  # in a process group of its own, so that SIGINT reaches what Ctrl-C would
  setsid make --no-print-directory --directory "$clone" run &
  running=$!
  until curl --silent --fail --output /dev/null "$where/readyz"; do
    kill -0 "$running" 2>/dev/null || { echo "make run ended before it served" >&2; exit 1; }
    [ "$SECONDS" -lt "$1" ] || { echo "make run took longer than $1 s" >&2; exit 1; }
    sleep 0.2
  done
}

stop() {
  kill -INT -- "-$running" 2>/dev/null || true
  wait "$running" || true
  running=""
}

ask() {  # PATH PYTHON-EXPRESSION on the answer `a`
  curl --silent --fail "$where$1" | python3 -c "import json, sys; a = json.load(sys.stdin); assert $2, a; print('  ok  $1')"
}

git clone --quiet "$project" "$clone"

SECONDS=0
start 300
echo "first make run served after $SECONDS s"
ask "/api/jobs/search?q=python&top=10" "a['results'] and a['attributions'][0]['text'] == 'Jobs by Adzuna'"
job_id="$(curl --silent "$where/api/jobs/search?q=python&top=1" | python3 -c "import json, sys; print(json.load(sys.stdin)['results'][0]['job_id'])")"
ask "/api/recommend?job_id=$job_id" "len(a['results']) == 10 and '$job_id' not in [job['job_id'] for job in a['results']]"
ask "/api/batch/status" "a['batch']['status'] == 'published' and a['law']['collected'] == a['law']['accounted_for']"
stop
for _ in $(seq 100); do pgrep --full "$clone" >/dev/null || break; sleep 0.2; done
if pgrep --full --list-full "$clone"; then
  echo "this is left running 20 s after Ctrl-C" >&2
  exit 1
fi

SECONDS=0
start 60
echo "second make run served after $SECONDS s"
stop
