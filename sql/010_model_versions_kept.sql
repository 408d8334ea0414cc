-- `jobdash models`: a version whose files were deleted stays on record, and every change of the active one is written down.
alter table ops.model_versions drop constraint model_versions_status_check;
alter table ops.model_versions add constraint model_versions_status_check
check (status in ('built', 'active', 'retired', 'pruned'));

-- the intermediate tables that the ads of a version came of: one that came of others is not gone on from
alter table ops.model_versions add column built_from text;

create table ops.model_activations (
    activation_id bigint generated always as identity primary key,
    version text not null references ops.model_versions,
    batch_id bigint not null references ops.batches,
    -- `export` at the end of a batch, or a person by `jobdash models activate`
    reason text not null check (reason in ('export', 'command')),
    activated_at timestamptz not null default now()
);
