#!/bin/sh
# Writes who may come, with the password of the environment, into a folder in memory. Who else makes reports with a
# login of their own gets a line here.
set -eu
umask 077
printf '"jobdash_bi" "%s"\n' "$BI_DB_PASSWORD" > /run/pgbouncer/users.txt
exec pgbouncer "$1"
