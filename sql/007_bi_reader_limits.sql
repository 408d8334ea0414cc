-- A report that runs away, or leaves its transaction open, would hold back the next publication, which waits five minutes
-- for its readers. What an administrator has set already stays. The limits are of this database alone: two databases of
-- one server may migrate at the same moment.
do $$
declare
    setting text;
    command text;
begin
    foreach setting in array array['statement_timeout', 'idle_in_transaction_session_timeout'] loop
        continue when exists (
            select from pg_db_role_setting
            cross join unnest(setconfig) as configured
            where
                setrole = 'bi_reader'::regrole
                and setdatabase in (0, (select oid from pg_database where datname = current_database()))
                and starts_with(configured, setting || '=')
        );
        command := format('alter role bi_reader in database %I set %s = ''30s''', current_database(), setting);
        begin
            execute command;
        exception when insufficient_privilege then
            raise exception 'role bi_reader may not be altered by %', current_user
            using hint = format('Let an administrator run: %s', command);
        end;
    end loop;
end
$$;
