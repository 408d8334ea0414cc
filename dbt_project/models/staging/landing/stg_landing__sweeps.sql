with

source as (

    select * from {{ source('landing', 'readings') }}
    where
        kind = 'sweep'
        and {{ is_collected('ended_batch_id') }}

),

final as (

    select
        ---------- ids
        reading_id,
        search_id,
        began_batch_id,
        ended_batch_id,

        ---------- booleans
        is_complete

    from source

)

select * from final
