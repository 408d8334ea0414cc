with

source as (

    select * from {{ source('landing', 'sources') }}

),

final as (

    select
        ---------- ids
        source,

        ---------- strings
        attribution,
        attribution_url

    from source

)

select * from final
