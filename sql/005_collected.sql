-- Up to which batch everything has been collected. What a batch has landed so far is not read before: incremental models
-- take what has a higher number than they hold, and would pass over what the same batch lands later.
create function ops.newest_collected_batch() returns bigint
language sql stable
as $$
    select coalesce(max(batches.batch_id), 0)
    from ops.batches
    where
        batches.status <> 'open'
        or exists (
            select from ops.batch_runs
            where
                batch_runs.batch_id = batches.batch_id
                and batch_runs.stage = 'collect'
                and batch_runs.status = 'success'
        )
$$;
