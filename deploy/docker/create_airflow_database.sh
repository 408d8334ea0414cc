#!/bin/sh
# PostgreSQL's image runs this once, when the volume of the database is new: Airflow keeps its own
# tables in a database of its own, with a user that may read none of jobdash's.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set password="$AIRFLOW_DB_PASSWORD" <<'SQL'
create role airflow login password :'password';
create database airflow owner airflow;
SQL
