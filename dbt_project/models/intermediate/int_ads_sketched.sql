{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key=['job_key'],
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_key'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

plain as materialized (

    select
        job_key,
        batch_id,
        company_id,
        {{ plain_title('title') }} as plain_title,
        coalesce({{ letters_of('left(description, 3000)') }}, '') as letters,
        string_to_array(
            {{ place_key(
                "concat_ws(' ', area_1, area_2, area_3, area_4, area_5, area_6, place_text, company_name)"
            ) }}, ' '
        ) as own_words
    from ads

),

cut as materialized (

    select
        *,
        coalesce(
            nullif(case when length(letters) >= 100 then {{ text_pieces('letters') }} end, '{}'),
            -- a text that says too little to be anybody's own
            array[hashtextextended(concat_ws('|', letters, company_id), 0)]
        ) as pieces
    from plain

),

final as (

    select
        ---------- ids
        job_key,
        batch_id,
        company_id,

        ---------- strings
        {{ title_words('plain_title') }} as title_words,
        {{ title_words('plain_title', 'own_words') }} as trade_words,
        pieces,
        -- those of as much as there is of a text that Adzuna cut
        case
            when length(letters) > 430 then {{ text_pieces('left(letters, 430)') }}
            else pieces
        end as first_pieces,

        ---------- booleans
        -- in 500 characters there are never as many
        length(letters) > 600 as is_whole

    from cut

)

select * from final
