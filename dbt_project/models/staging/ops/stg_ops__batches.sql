with

source as (

    select * from {{ source('ops', 'batches') }}

),

final as (

    select
        ---------- ids
        batch_id,

        ---------- strings
        status,

        ---------- numbers
        collected,
        inserted,
        updated,
        unchanged,
        repeated,
        quarantined,
        vanished,

        ---------- dates
        -- a source is asked as it stands, whatever date a batch is run for: the days of ads never go back
        max(batch_date) over (order by batch_id) as batch_date,

        ---------- timestamps
        opened_at at time zone 'UTC' as opened_at,
        published_at at time zone 'UTC' as published_at

    from source

)

select * from final
