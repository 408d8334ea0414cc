{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_id'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id'], 'unique': true},
            {'columns': ['job_key'], 'unique': true},
            {'columns': ['posting_group_id']},
            {'columns': ['batch_id']},
        ],
    )
}}

with recursive

-- each use is planned by the statistics of its table
ads as not materialized (

    select * from {{ ref('int_ads_cleaned') }}

),

located as not materialized (

    select * from {{ ref('int_ads_located') }}

),

tracked as not materialized (

    select * from {{ ref('int_ads_tracked') }}

),

sketches as not materialized (

    select * from {{ ref('int_ads_sketched') }}

),

copy_keys as not materialized (

    select * from {{ ref('int_ad_copy_keys') }}
    where is_current

),

{% if is_incremental() %}

changed as materialized (

    select
        job_key,
        batch_id
    from ads
    where {{ newer_than_this() }}

    union all

    select
        job_key,
        batch_id
    from copy_keys
    where {{ newer_than_this() }}

    union all

    select
        ads.job_key,
        tracked.batch_id
    from tracked
    inner join ads on tracked.job_id = ads.job_id
    where {{ newer_than_this('tracked.batch_id') }}

),

-- the groups that changed ads were in, and those that they may come into; what is looked for by an array is found by
-- its index, however many ads there are
touched as (

    select this_model.posting_group_id
    from {{ this }} as this_model
    where this_model.job_key = any(array(select changed.job_key from changed))

    union

    select this_model.posting_group_id
    from {{ this }} as this_model
    where
        this_model.job_key = any(
            array(
                select copy_keys.first_job_key
                from copy_keys
                where copy_keys.job_key = any(array(select changed.job_key from changed))
            )
        )

),

looked_at as materialized (

    select
        job_id,
        job_key
    from ads
    where job_key = any(array(select changed.job_key from changed))

    union

    select
        this_model.job_id,
        this_model.job_key
    from {{ this }} as this_model
    where this_model.posting_group_id = any(array(select touched.posting_group_id from touched))

),

{% endif %}

-- an ad is held against the first ad alone that has one of its keys: a beginning that hundreds share costs no more
pairs as (

    select distinct
        job_key,
        first_job_key
    from copy_keys
    {%- if is_incremental() %}
    where
        first_job_key <> job_key
        and job_key = any(array(select looked_at.job_key from looked_at))
    {%- else %}
    where first_job_key <> job_key
    {%- endif %}

),

compared as materialized (

    select
        pairs.job_key,
        pairs.first_job_key,
        {{ same_title('sketches', 'first_sketches') }} as has_same_title,
        {{ same_end('sketches', 'first_sketches') }} as has_same_end,
        coalesce(sketches.company_id = first_sketches.company_id, false) as has_same_company,
        sketches.is_whole and first_sketches.is_whole as are_whole,
        {{ shared_pieces('sketches', 'first_sketches') }} as share
    from pairs
    inner join sketches on pairs.job_key = sketches.job_key
    inner join sketches as first_sketches on pairs.first_job_key = first_sketches.job_key

),

links as materialized (

    select
        job_key,
        first_job_key
    from compared
    where {{ is_one_posting() }}

),

both_ways as (

    select
        job_key,
        first_job_key as other_job_key
    from links

    union all

    select
        first_job_key as job_key,
        job_key as other_job_key
    from links

),

-- links lead to earlier ads, and the earliest of a posting has none: what can be reached from such an ad is its posting
reached as (

    select distinct
        links.first_job_key as from_job_key,
        links.first_job_key as job_key
    from links
    left join links as earlier on links.first_job_key = earlier.job_key
    where earlier.job_key is null

    union

    select
        reached.from_job_key,
        both_ways.other_job_key as job_key
    from reached
    inner join both_ways on reached.job_key = both_ways.job_key

),

earliest as (

    select
        job_key,
        min(from_job_key) as earliest_job_key
    from reached
    group by job_key

),

members as (

    select
        ads.job_id,
        ads.job_key,
        ads.source,
        ads.company_id,
        located.location_id,
        tracked.is_open,
        coalesce(earliest.earliest_job_key, ads.job_key) as earliest_job_key
    from ads
    inner join located on ads.job_id = located.job_id
    inner join tracked on ads.job_id = tracked.job_id
    left join earliest on ads.job_key = earliest.job_key
    {%- if is_incremental() %}
    where
        ads.job_key = any(array(select looked_at.job_key from looked_at))
        and tracked.job_id = any(array(select looked_at.job_id from looked_at))
    {%- endif %}

),

-- one ad stands for its posting: an open one if there is one, the one that came first
ranked as (

    select
        *,
        first_value(job_id) over (
            partition by earliest_job_key
            order by job_key
        ) as posting_group_id,
        first_value(job_key) over (
            partition by earliest_job_key
            order by is_open desc, job_key asc
        ) as canonical_job_key
    from members

),

told as materialized (

    select
        copies.job_key,
        case
            when copies.source <> canonical.source then 'cross_source'
            when {{ is_other_company('copies.company_id', 'canonical.company_id') }} then 'agency'
            when {{ is_other_place('copies.location_id', 'canonical.location_id') }} then 'multi_location'
            else 'repost'
        end as copy_kind,
        {{ same_title('sketches', 'canonical_sketches') }} as has_same_title,
        {{ shared_pieces('sketches', 'canonical_sketches') }} as share
    from ranked as copies
    inner join ranked as canonical on copies.canonical_job_key = canonical.job_key
    inner join sketches on copies.job_key = sketches.job_key
    inner join sketches as canonical_sketches on canonical.job_key = canonical_sketches.job_key
    where copies.job_key <> copies.canonical_job_key

),

described as (

    select
        ranked.*,
        told.copy_kind,
        {{ copy_reason('told.has_same_title', 'told.share', 'told.copy_kind') }} as copy_reason,
        ranked.job_key = ranked.canonical_job_key as is_canonical
    from ranked
    left join told on ranked.job_key = told.job_key

),

-- a row changes when its group does, which may be newer than all that is left in it
newest as (

    {% if is_incremental() %}

    select max(batch_id) as batch_id from changed

    {% else %}

    select max(batch_id) as batch_id
    from (
        select batch_id from ads

        union all

        select batch_id from tracked
    ) as seen

    {% endif %}

),

final as (

    select
        ---------- ids
        described.job_id,
        described.job_key,
        described.posting_group_id,
        newest.batch_id,

        ---------- strings
        described.copy_kind,
        described.copy_reason,

        ---------- booleans
        described.is_canonical

    from described
    cross join newest
    {%- if is_incremental() %}
    left join {{ this }} as before on described.job_id = before.job_id
    where
        before.posting_group_id is distinct from described.posting_group_id
        or before.is_canonical is distinct from described.is_canonical
        or before.copy_reason is distinct from described.copy_reason
    {%- endif %}

)

select * from final
