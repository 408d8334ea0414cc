{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_key',
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_key', 'version_number', 'field_name'], 'unique': true},
            {'columns': ['batch_id']},
            {'columns': ['changed_date_key', 'field_name']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

changes as not materialized (

    select * from {{ ref('int_ad_changes') }}

),

batches as (

    select * from {{ ref('stg_ops__batches') }}

),

final as (

    select
        ---------- ids
        ads.job_key,
        changes.version_number,
        {{ date_key('batches.batch_date') }} as changed_date_key,
        changes.batch_id,

        ---------- strings
        changes.field_name,
        changes.old_value,
        changes.new_value,

        ---------- dates
        batches.batch_date as changed_date,

        ---------- timestamps
        changes.changed_at

    from changes
    inner join ads on changes.job_id = ads.job_id
    inner join batches on changes.version_batch_id = batches.batch_id
    -- all changes of the ads that have a new one
    where
        changes.job_id in (
            select newer.job_id from changes as newer
            where {{ newer_than_this('newer.batch_id') }}
        )

)

select * from final
