-- bi_reader reads the published marts and nothing else; api_reader reads the audit too. `export` grants the rights on
-- the marts themselves in the transaction that publishes them.
do $$
declare
    reader text;
begin
    foreach reader in array array['bi_reader', 'api_reader'] loop
        begin
            if not exists (select from pg_roles where rolname = reader) then
                execute format('create role %I nologin', reader);
            end if;
        exception
            -- Two databases of one server may migrate at the same moment.
            when duplicate_object or unique_violation then null;
            when insufficient_privilege then
                raise exception 'role % is missing and may not be created by %', reader, current_user
                using hint = format('Let an administrator run: create role %I nologin', reader);
        end;
    end loop;
end
$$;

-- Whoever migrates may act as the API, which reads with the smaller rights.
do $$
begin
    if not pg_has_role(current_user, 'api_reader', 'member') then
        execute format('grant api_reader to %I', current_user);
    end if;
end
$$;

grant usage on schema ops to api_reader;
grant select on all tables in schema ops to api_reader;
alter default privileges in schema ops grant select on tables to api_reader;
