{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_id',
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id', 'version_number', 'field_name'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

versions as not materialized (

    select * from {{ ref('int_ad_versions') }}

),

-- all versions of the ads that have a new one beside others: each is compared with the one before
numbered as (

    select
        *,
        row_number() over each_ad as version_number,
        -- a version that was judged again may stand between two that were there
        max(batch_id) over each_ad as changed_batch_id
    from versions
    where
        job_id in (
            select newer.job_id
            from versions as newer
            inner join versions as others on newer.job_id = others.job_id
            where
                newer.raw_ad_key <> others.raw_ad_key
                and {{ newer_than_this('newer.batch_id') }}
        )
    window each_ad as (partition by job_id order by raw_ad_key)

),

compared as (

    select
        current_versions.job_id,
        current_versions.version_number,
        current_versions.batch_id as version_batch_id,
        current_versions.changed_batch_id,
        current_versions.fetched_at,
        fields.field_name,
        fields.old_value,
        fields.new_value
    from numbered as current_versions
    inner join numbered as previous_versions
        on
            current_versions.job_id = previous_versions.job_id
            and current_versions.version_number = previous_versions.version_number + 1
    cross join
        lateral (
            values
            {%- for field in compared_fields() %}
            ('{{ field }}', previous_versions.{{ field }}::text, current_versions.{{ field }}::text)
            {{- ',' if not loop.last }}
            {%- endfor %}
        ) as fields (field_name, old_value, new_value)
    where fields.old_value is distinct from fields.new_value

),

final as (

    select
        ---------- ids
        job_id,
        version_batch_id,
        changed_batch_id as batch_id,

        ---------- strings
        field_name,
        old_value,
        new_value,

        ---------- numbers
        version_number::integer as version_number,

        ---------- timestamps
        fetched_at as changed_at

    from compared

)

select * from final
