-- One row per ad and content: an ad is written again when its content differs from its latest row. Of an ad that comes
-- twice in a batch the first content counts.
-- Volatile fields (links, tracking tokens) are part of the payload and not of the hash.
create table raw.ads (
    ad_key bigint generated always as identity primary key,
    job_id uuid not null,
    source text not null,
    country text not null,
    ad_id text,
    payload jsonb not null,
    content_hash text not null,
    batch_id bigint not null,
    fetched_at timestamptz not null
);
create index ads_latest on raw.ads (job_id, ad_key desc) include (content_hash);
create index ads_batch on raw.ads (batch_id);

-- One row per item of an answer: which ad, in which search, page and place, and what it was by then.
-- The law of a batch is counted here.
create table raw.sightings (
    batch_id bigint not null,
    search text not null,
    page integer not null,
    position integer not null,
    job_id uuid not null,
    outcome text not null check (outcome in ('inserted', 'updated', 'unchanged', 'repeated')),
    primary key (batch_id, search, page, position)
);
create index sightings_job on raw.sightings (job_id, batch_id);

-- Every call of a source, tries included, without its keys. A page that is `landed` or `skipped` (unreadable, passed
-- over) is not asked again in its batch; `end` is the empty or repeated page behind a search's last.
create table raw.requests (
    request_id bigint generated always as identity primary key,
    batch_id bigint not null,
    source text not null,
    search text not null,
    page integer not null,
    query jsonb not null,
    outcome text not null check (outcome in ('landed', 'end', 'skipped', 'failed')),
    status integer,
    ads integer,
    reported_count bigint,
    ms integer not null,
    error text,
    requested_at timestamptz not null
);
create index requests_progress on raw.requests (batch_id, search, page);

-- A search that was paged to its end. Only a complete one shows that an absent ad has vanished: not one that met the
-- source's ceiling, lost a page or asked for recent ads alone.
create table raw.sweeps (
    batch_id bigint not null,
    search text not null,
    is_complete boolean not null,
    pages integer not null,
    finished_at timestamptz not null default now(),
    primary key (batch_id, search)
);
