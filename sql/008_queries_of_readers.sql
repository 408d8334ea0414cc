-- Words that resemble what was typed: indexes of the marts on titles and names.
create extension if not exists pg_trgm with schema public;

-- What readers ask takes fractions of a second. Compiling such a query takes longer than it, and a report's group by fits
-- into 32 MB where 4 MB send it to the disk. Connections that are open keep what they began with.
do $$
begin
    execute format('alter database %I set jit = off', current_database());
    execute format('alter database %I set work_mem = %L', current_database(), '32MB');
exception
    when insufficient_privilege then
        raise notice 'The owner of % may set jit = off and work_mem = 32MB on it: reports are slower without.',
            current_database();
end
$$;
