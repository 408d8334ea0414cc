with

source as (

    select * from {{ source('adzuna', 'sweeps') }}
    where {{ is_collected() }}

),

final as (

    select
        ---------- ids
        batch_id,

        ---------- strings
        search,

        ---------- numbers
        pages,

        ---------- booleans
        is_complete,

        ---------- timestamps
        finished_at

    from source

)

select * from final
