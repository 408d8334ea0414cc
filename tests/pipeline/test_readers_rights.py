"""The roles that read may read what they are for, and nothing else, of all that is in the database."""

from contextlib import closing

import psycopg2
import psycopg2.errors
import pytest

from core.database import connect

MAY_READ = {"api_reader": {"marts", "ops"}, "bi_reader": {"marts"}}
READERS = pytest.mark.parametrize("reader", MAY_READ)
OURS = "nspname !~ '^pg_' and nspname <> 'information_schema'"
_TABLES = f"""
select nspname, relname, privilege
from pg_class
inner join pg_namespace on relnamespace = pg_namespace.oid
cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'])
    as privilege
where {OURS} and relkind in ('r', 'p', 'v', 'm') and not relispartition
    and has_schema_privilege(%(reader)s, nspname, 'usage')
    and has_table_privilege(%(reader)s, pg_class.oid, privilege)
"""
_SEQUENCES = """
select sequencename
from pg_sequences
where has_schema_privilege(%(reader)s, schemaname, 'usage')
    and has_sequence_privilege(%(reader)s, format('%%I.%%I', schemaname, sequencename), 'usage, update')
"""
_SCHEMAS = f"""
select nspname from pg_namespace
where {OURS} and has_schema_privilege(%(reader)s, nspname, 'create')
"""
_POWERS = """
select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls,
    array(select roleid::regrole::text from pg_auth_members where member = pg_roles.oid)
from pg_roles where rolname = %(reader)s
"""
ATTEMPTS = [
    "insert into marts.sources select * from marts.sources",
    "update marts.jobs set title = 'x'",
    "delete from ops.publication",
    "truncate marts.jobs",
    "drop table marts.jobs",
    "alter table marts.jobs add column x integer",
    "create table marts.x (x integer)",
    "create table public.x (x integer)",
    "create schema x",
    "select * from raw.ads",
    "select * from raw.requests",
    "select * from intermediate.int_ads_cleaned",
    "select * from marts_next.jobs",
    "select * from pg_authid",
    "select pg_read_file('postgresql.conf')",
    "copy marts.jobs to '/tmp/x'",
    "copy marts.jobs to program 'cat'",
    "alter system set work_mem = '1MB'",
    "create role x",
    "create extension dblink",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user",
    "begin; lock table marts.jobs in access exclusive mode",
]


def told(house, statement: str, reader: str) -> list[tuple]:
    with closing(connect(house.database_url)) as connection, connection.cursor() as cursor:
        cursor.execute(statement, {"reader": reader})
        return cursor.fetchall()


@READERS
def test_readers_have_rights_on_the_tables_that_they_are_for_and_on_no_others(first_night, reader):
    rights = told(first_night, _TABLES, reader)
    assert {(schema, right) for schema, _, right in rights} == {
        (schema, "select") for schema in MAY_READ[reader]
    }
    assert told(first_night, _SEQUENCES, reader) == []
    assert told(first_night, _SCHEMAS, reader) == []


@READERS
def test_readers_have_no_powers_and_are_members_of_nothing(first_night, reader):
    assert told(first_night, _POWERS, reader) == [(False, [])]


@READERS
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_a_reader_tries_is_refused(first_night, reader, attempt):
    with closing(connect(first_night.database_url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        # not `set role`, from which one may go back
        cursor.execute(f"set session authorization {reader}")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(attempt)
