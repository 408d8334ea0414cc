-- What those who watch are told: which kind of error ended a run, and how many calls a source has left.
alter table ops.batch_runs add column error_type text;

-- The limits of each source as its last night knew them: they are settings, which the API does not have.
create table raw.call_limits (
    source text not null,
    span interval not null,
    account text not null,
    calls integer not null,
    primary key (source, span)
);

-- `api_reader` has no rights on `raw`: the view counts for it.
create view ops.calls_left as
select
    call_limits.source,
    call_limits.span,
    call_limits.calls as calls_limit,
    greatest(call_limits.calls - made.calls, 0) as calls_left
from raw.call_limits
cross join lateral (
    select count(*) as calls
    from raw.requests
    where
        requests.source = call_limits.source
        and requests.account = call_limits.account
        and requests.requested_at > now() - call_limits.span
) as made;

-- Batches whose numbers are final. A replay of the quarantine collects nothing, and is left out.
create view ops.batches_counted as
select
    batches.*,
    coalesce(quarantined::double precision / nullif(collected, 0), 0) as quarantine_ratio
from ops.batches
where
    exists (
        select from ops.batch_runs as runs
        where runs.batch_id = batches.batch_id and runs.stage = 'validate' and runs.status = 'success'
    )
    and not exists (
        select from ops.batch_runs as runs
        where runs.batch_id = batches.batch_id and runs.stage = 'collect' and runs.counts ? 'replayed'
    );
