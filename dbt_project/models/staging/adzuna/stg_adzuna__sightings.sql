with

source as (

    select * from {{ source('adzuna', 'sightings') }}
    where {{ is_collected() }}

),

final as (

    select
        ---------- ids
        batch_id,
        job_id,

        ---------- strings
        search,
        outcome,

        ---------- numbers
        page,
        position

    from source

)

select * from final
