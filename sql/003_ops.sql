-- A batch belongs to a date. Its number grows with time, so that `batch_id > x` means "came later".
create table ops.batches (
    batch_id bigint primary key,
    batch_date date not null,
    status text not null default 'open' check (status in ('open', 'published', 'superseded')),
    collected bigint not null default 0,
    inserted bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    repeated bigint not null default 0,
    quarantined bigint not null default 0,
    vanished bigint not null default 0,
    opened_at timestamptz not null default now(),
    published_at timestamptz,
    constraint law_of_a_batch check (
        status <> 'published'
        or collected = inserted + updated + unchanged + repeated + quarantined
    )
);
create index batches_date on ops.batches (batch_date);

create table ops.batch_runs (
    run_id bigint generated always as identity primary key,
    batch_id bigint not null references ops.batches,
    batch_date date not null,
    stage text not null check (stage in ('collect', 'validate', 'enrich', 'vectorize', 'export')),
    attempt integer not null,
    status text not null check (status in ('running', 'success', 'failed')),
    counts jsonb not null default '{}',
    error text,
    started_at timestamptz not null default now(),
    ended_at timestamptz,
    unique (batch_id, stage, attempt)
);

create table ops.model_versions (
    version text primary key,
    batch_id bigint not null references ops.batches,
    status text not null check (status in ('built', 'active', 'retired')),
    files jsonb not null,
    ads integer not null,
    features integer not null,
    parent text,
    scores jsonb not null default '{}',
    corpus_sha256 text not null,
    created_at timestamptz not null default now()
);
create unique index one_active_model on ops.model_versions (status) where status = 'active';

-- What readers see now. Whoever reads this row in a transaction keeps the publication from changing until the
-- transaction ends: `export` takes the table's exclusive lock before it swaps.
create table ops.publication (
    is_current boolean primary key default true check (is_current),
    batch_id bigint not null references ops.batches,
    model_version text not null references ops.model_versions,
    published_at timestamptz not null default now()
);
