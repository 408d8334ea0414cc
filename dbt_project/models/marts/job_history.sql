{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_key', 'version_number'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_key', 'version_number'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

versions as not materialized (

    select * from {{ ref('int_ad_versions') }}

),

changes as (

    select * from {{ ref('int_ad_changes') }}

),

-- all versions of the ads that have a new one: the one before ends where it begins, and none begins earlier than
-- the one before, as it would where a clock was set back
numbered as (

    select
        *,
        row_number() over each_ad as version_number,
        max(fetched_at) over (each_ad rows between unbounded preceding and current row) as valid_from,
        case
            when lead(raw_ad_key) over each_ad is not null
                then max(fetched_at) over (each_ad rows between unbounded preceding and 1 following)
        end as valid_to,
        max(batch_id) over (each_ad rows between unbounded preceding and 1 following) as changed_batch_id
    from versions
    where
        job_id in (
            select newer.job_id from versions as newer
            where {{ newer_than_this('newer.batch_id') }}
        )
    window each_ad as (partition by job_id order by raw_ad_key)

),

changed as (

    select
        numbered.job_id,
        numbered.version_number,
        string_agg(changes.field_name, ', ' order by changes.field_name) as changed_fields
    from numbered
    inner join changes
        on
            numbered.job_id = changes.job_id
            and numbered.version_number = changes.version_number
    group by numbered.job_id, numbered.version_number

),

final as (

    select
        ---------- ids
        ads.job_key,
        numbered.version_number::integer as version_number,
        numbered.changed_batch_id as batch_id,

        ---------- strings
        changed.changed_fields,
        {%- for field in compared_fields() %}
        numbered.{{ field }},
        {%- endfor %}

        ---------- booleans
        numbered.valid_to is null as is_current,

        ---------- timestamps
        numbered.valid_from,
        numbered.valid_to

    from numbered
    inner join ads on numbered.job_id = ads.job_id
    left join changed
        on
            numbered.job_id = changed.job_id
            and numbered.version_number = changed.version_number

)

select * from final
