with

source as (

    select * from {{ source('landing', 'sightings') }}
    where {{ is_collected() }}

),

final as (

    select
        ---------- ids
        request_id,
        batch_id,
        search_id,
        job_id,

        ---------- strings
        outcome,

        ---------- numbers
        position,

        ---------- timestamps
        seen_at at time zone 'UTC' as seen_at

    from source

)

select * from final
