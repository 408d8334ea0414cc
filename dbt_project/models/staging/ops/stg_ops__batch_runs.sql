with

source as (

    select * from {{ source('ops', 'batch_runs') }}

),

final as (

    select
        ---------- ids
        run_id,
        batch_id,

        ---------- strings
        stage,
        status,
        error,

        ---------- numbers
        attempt,

        ---------- dates
        batch_date,

        ---------- timestamps
        started_at at time zone 'UTC' as started_at,
        ended_at at time zone 'UTC' as ended_at

    from source

)

select * from final
