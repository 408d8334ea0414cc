-- `raw` by month, so that old months can be moved out of the database, and with what collecting has to remember: which
-- searches were asked, how far each came, which ads are known.
alter table raw.ads rename to ads_before;
alter table raw.sightings rename to sightings_before;
alter table raw.requests rename to requests_before;
alter index raw.ads_pkey rename to ads_before_pkey;
alter index raw.ads_batch rename to ads_before_batch;
alter index raw.sightings_pkey rename to sightings_before_pkey;
alter index raw.requests_pkey rename to requests_before_pkey;
alter sequence raw.ads_ad_key_seq rename to ads_before_key;
alter sequence raw.requests_request_id_seq rename to requests_before_id;

-- Whose ads these are, and what must stand beside them when they are shown.
create table raw.sources (
    source text primary key,
    attribution text not null,
    attribution_url text not null,
    -- of a source that is read from files: where each field stands in a line
    mapping jsonb
);

-- One row per search and way of asking: a search that was edited is another one, because what it showed before says
-- nothing about what it should show now.
create table raw.searches (
    search_id integer generated always as identity primary key,
    source text not null,
    search text not null,
    country text not null,
    query jsonb not null,
    unique (source, search, country, query)
);

-- One row per pass over a search. `news` goes from the newest ad back to what is known; a `sweep` shows every ad that the
-- search has, over as many nights as its calls allow. `cursor` is the question to go on with; a pass has ended when
-- `ended_batch_id` is set. Only a complete sweep shows that an absent ad is gone.
create table raw.readings (
    reading_id bigint generated always as identity primary key,
    search_id integer not null references raw.searches,
    kind text not null check (kind in ('news', 'sweep')),
    began_batch_id bigint not null,
    ended_batch_id bigint,
    is_complete boolean not null default false,
    cursor jsonb,
    calls integer not null default 0,
    landed bigint not null default 0,
    inserted bigint not null default 0,
    skipped integer not null default 0,
    reported_count bigint,
    -- by the source's own clock
    source_began_at timestamptz,
    began_at timestamptz not null default now(),
    ended_at timestamptz
);
create index readings_search on raw.readings (search_id, kind, reading_id desc);
create index readings_ended on raw.readings (ended_batch_id);

-- Every call of a source, tries included, without its keys: the ledger of the call budget. `account` is a fingerprint of
-- the keys. A call is written down as `sent` before it is made, so that it counts whatever happens to its process.
-- `landed` brought a page, `end` an empty or repeated one, `skipped` was the last try of a page that was passed over.
create table raw.requests (
    request_id bigint generated always as identity,
    batch_id bigint not null,
    source text not null,
    account text not null,
    search_id integer not null,
    reading_id bigint,
    page integer not null,
    query jsonb not null,
    outcome text not null check (outcome in ('sent', 'landed', 'end', 'skipped', 'failed')),
    status integer,
    ads integer,
    reported_count bigint,
    ms integer,
    error text,
    -- what a 429 asked for
    blocked_until timestamptz,
    requested_at timestamptz not null,
    primary key (request_id, requested_at)
) partition by range (requested_at);
create index requests_batch on raw.requests (batch_id);
create index requests_budget on raw.requests (source, account, requested_at);

-- One row per ad and content: an ad is written again when its content differs from its latest row. Of an ad that comes
-- twice in a batch the first content counts. Volatile fields (links, tracking tokens) are part of the payload and not of
-- the hash.
create table raw.ads (
    ad_key bigint generated always as identity,
    job_id uuid not null,
    source text not null,
    country text not null,
    ad_id text,
    payload jsonb not null,
    content_hash text not null,
    batch_id bigint not null,
    fetched_at timestamptz not null,
    primary key (ad_key, fetched_at)
) partition by range (fetched_at);
-- rows come in the order of their batches: a few pages of ranges find a batch, and cost landing next to nothing
create index ads_by_batch on raw.ads using brin (batch_id) with (pages_per_range = 16);

-- One row per item of an answer: which ad, in which search and call, and what it was by then. The law of a batch is
-- counted here.
create table raw.sightings (
    batch_id bigint not null,
    request_id bigint not null,
    position integer not null,
    search_id integer not null,
    job_id uuid not null,
    outcome text not null check (outcome in ('inserted', 'updated', 'unchanged', 'repeated')),
    seen_at timestamptz not null,
    primary key (batch_id, request_id, position, seen_at)
) partition by range (seen_at);

-- The latest row of each ad, so that landing looks in one place, whatever months are still here. The free space lets a
-- night's updates stay on their pages.
create table raw.known_ads (
    job_id uuid primary key,
    ad_key bigint not null,
    content_hash text not null,
    seen_batch_id bigint not null
) with (fillfactor = 80);

-- Answers that could not be read, and those of which a character had to be replaced: their bytes as they came.
create table raw.malformed (
    malformed_id bigint generated always as identity primary key,
    batch_id bigint not null,
    request_id bigint not null,
    source text not null,
    reason text not null,
    body bytea not null,
    received_at timestamptz not null
);
create index malformed_batch on raw.malformed (batch_id);

-- Ads that were judged again in a later batch, after a rule was mended.
create table raw.replays (
    ad_key bigint not null,
    batch_id bigint not null,
    primary key (ad_key, batch_id)
);
create index replays_batch on raw.replays (batch_id);

-- Months that were moved to Parquet: what was in them, and where they are.
create table raw.archives (
    table_name text not null,
    month date not null,
    row_count bigint not null,
    rows_sha256 text not null,
    file text not null,
    file_sha256 text not null,
    archived_at timestamptz not null default now(),
    restored_at timestamptz,
    primary key (table_name, month)
);

-- Makes the partitions of a month where they are missing. Two collectors may need them at the same moment. Making one takes
-- a lock on its table that nobody else may hold, so while others write, ask for one table in each transaction.
create procedure raw.make_month(
    moment timestamptz, parents text[] default array['requests', 'ads', 'sightings']
)
language plpgsql
as $$
declare
    first_day timestamptz := date_trunc('month', moment, 'UTC');
    parent text;
begin
    perform pg_advisory_xact_lock(7062015, 2);
    foreach parent in array parents loop
        execute format(
            'create table if not exists raw.%I partition of raw.%I for values from (%L) to (%L)',
            parent || to_char(first_day at time zone 'UTC', '_YYYY_MM'), parent, first_day,
            (first_day at time zone 'UTC' + interval '1 month') at time zone 'UTC'
        );
    end loop;
end
$$;

do $$
declare
    moment timestamptz;
begin
    for moment in
        select distinct date_trunc('month', fetched_at, 'UTC') from raw.ads_before
        union
        select distinct date_trunc('month', requested_at, 'UTC') from raw.requests_before
    loop
        call raw.make_month(moment);
    end loop;
end
$$;

insert into raw.searches (source, search, country, query)
select distinct 'adzuna', requests_before.search, '--', '{}'::jsonb
from raw.requests_before;

insert into raw.requests (
    request_id, batch_id, source, account, search_id, page, query, outcome, status, ads, reported_count, ms, error,
    requested_at
)
overriding system value
select
    requests_before.request_id, requests_before.batch_id, requests_before.source, '', searches.search_id,
    requests_before.page, requests_before.query, requests_before.outcome, requests_before.status, requests_before.ads,
    requests_before.reported_count, requests_before.ms, requests_before.error, requests_before.requested_at
from raw.requests_before
inner join raw.searches on requests_before.search = searches.search;

insert into raw.ads (ad_key, job_id, source, country, ad_id, payload, content_hash, batch_id, fetched_at)
overriding system value
select ad_key, job_id, source, country, ad_id, payload, content_hash, batch_id, fetched_at
from raw.ads_before;

insert into raw.sightings (batch_id, request_id, position, search_id, job_id, outcome, seen_at)
select
    sightings_before.batch_id, requests.request_id, sightings_before.position, searches.search_id,
    sightings_before.job_id, sightings_before.outcome, requests.requested_at
from raw.sightings_before
inner join raw.searches on sightings_before.search = searches.search
inner join raw.requests
    on
        sightings_before.batch_id = requests.batch_id
        and searches.search_id = requests.search_id
        and sightings_before.page = requests.page
        and requests.outcome = 'landed';

insert into raw.readings (search_id, kind, began_batch_id, ended_batch_id, is_complete, calls, began_at, ended_at)
select
    searches.search_id, 'sweep', sweeps.batch_id, sweeps.batch_id, sweeps.is_complete, sweeps.pages,
    sweeps.finished_at, sweeps.finished_at
from raw.sweeps
inner join raw.searches on sweeps.search = searches.search;

insert into raw.known_ads (job_id, ad_key, content_hash, seen_batch_id)
select distinct on (ads.job_id)
    ads.job_id, ads.ad_key, ads.content_hash, greatest(ads.batch_id, last_seen.batch_id)
from raw.ads
left join (
    select job_id, max(batch_id) as batch_id
    from raw.sightings
    group by job_id
) as last_seen on ads.job_id = last_seen.job_id
order by ads.job_id, ads.ad_key desc;

select setval(pg_get_serial_sequence('raw.ads', 'ad_key'), max(ad_key)) from raw.ads having max(ad_key) is not null;
select setval(pg_get_serial_sequence('raw.requests', 'request_id'), max(request_id)) from raw.requests
having max(request_id) is not null;

-- Nothing may be lost on the way, nor come twice.
do $$
begin
    if
        (select count(*) from raw.ads) <> (select count(*) from raw.ads_before)
        or (select count(*) from raw.sightings) <> (select count(*) from raw.sightings_before)
        or (select count(*) from raw.requests) <> (select count(*) from raw.requests_before)
        or (select count(*) from raw.readings) <> (select count(*) from raw.sweeps)
    then
        raise exception 'raw has rows that do not fit together, so it was left as it was'
        using hint = 'Each sighting needs one landed call of its batch, search and page: look for those that have none.';
    end if;
end
$$;

-- The staging views read the old tables; the next batch makes them anew.
drop table raw.ads_before, raw.sightings_before, raw.requests_before, raw.sweeps cascade;

-- What dbt reads of each source. An ad that was replayed belongs to the batch of its replay.
create view raw.judged_ads as
select ads.*
from raw.ads
where not exists (select from raw.replays where replays.ad_key = ads.ad_key)
union all
select
    ads.ad_key, ads.job_id, ads.source, ads.country, ads.ad_id, ads.payload, ads.content_hash, latest.batch_id,
    ads.fetched_at
from (
    select replays.ad_key, max(replays.batch_id) as batch_id
    from raw.replays
    group by replays.ad_key
) as latest
inner join raw.ads on latest.ad_key = ads.ad_key;

create view raw.adzuna_ads as
select * from raw.judged_ads where source = 'adzuna';

create view raw.france_travail_ads as
select * from raw.judged_ads where source = 'france_travail';

create view raw.file_ads as
select judged_ads.*, sources.mapping
from raw.judged_ads
inner join raw.sources on judged_ads.source = sources.source
where sources.mapping is not null;

insert into raw.sources (source, attribution, attribution_url)
select 'adzuna', 'Jobs by Adzuna', 'https://www.adzuna.fr'
where exists (select from raw.ads where ads.source = 'adzuna');

-- Many intermediate models have other columns now: the next batch builds them anew from `raw`, and then both generations of
-- the marts. Readers keep the published one until then.
drop schema intermediate cascade;
create schema intermediate;
