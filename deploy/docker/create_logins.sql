-- Who may log in to compose's PostgreSQL, each with what it needs. Its image runs this once, as the superuser
-- `postgres`, when the volume of the database is new.
\getenv jobdash_password JOBDASH_DB_PASSWORD
\getenv api_password API_DB_PASSWORD
\getenv bi_password BI_DB_PASSWORD
\getenv monitor_password MONITOR_DB_PASSWORD
\getenv airflow_password AIRFLOW_DB_PASSWORD

-- The owner: migrates, lands, builds, publishes. Backups replicate; the runbook looks at the server and ends who blocks.
create role jobdash login replication password :'jobdash_password';
grant pg_monitor, pg_signal_backend to jobdash;
create database jobdash owner jobdash;
revoke all on database jobdash from public;

-- The roles that migrations give rights to, and what these would do with them if they might (sql/004, sql/007).
create role api_reader;
create role bi_reader;
grant api_reader to jobdash;

create role jobdash_api login password :'api_password' in role api_reader;

-- A member does not inherit the limits of its role: a report that runs away would hold back the next publication.
create role jobdash_bi login password :'bi_password' in role bi_reader;
alter role bi_reader in database jobdash set statement_timeout = '30s';
alter role bi_reader in database jobdash set idle_in_transaction_session_timeout = '30s';
alter role jobdash_bi set statement_timeout = '30s';
alter role jobdash_bi set idle_in_transaction_session_timeout = '30s';

-- Figures of the server for the exporter, and no table.
create role jobdash_monitor login password :'monitor_password' in role pg_monitor;

-- Whoever develops models reads all that the owner makes, and builds in schemas of their own. It has no password and so
-- does not get in: RUNBOOK.md says how to let somebody in.
create role jobdash_developer login;

grant connect on database jobdash to jobdash_api, jobdash_bi, jobdash_monitor;
grant connect, temporary, create on database jobdash to jobdash_developer;

-- Airflow keeps its own tables in a database of its own.
create role airflow login password :'airflow_password';
create database airflow owner airflow;
revoke all on database airflow from public;

\connect jobdash
grant execute on function pg_switch_wal() to jobdash; -- ends each backup
alter default privileges for role jobdash grant usage on schemas to jobdash_developer;
alter default privileges for role jobdash grant select on tables to jobdash_developer;
