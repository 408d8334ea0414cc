{{ config(materialized='table', indexes=[{'columns': ['source'], 'unique': true}]) }}

with

sources as (

    select * from {{ ref('stg_landing__sources') }}

),

final as (

    select
        ---------- ids
        source,

        ---------- strings
        attribution,
        attribution_url

    from sources

)

select * from final
