{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_id',
        on_schema_change='fail',
        pre_hook="{{ delete_rows_of_changed_ads() }}",
        indexes=[
            {'columns': ['job_id', 'place'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

texts as (

    select
        job_id,
        batch_id,
        country_code,
        {{ pay_text("concat_ws(' | ', 'salaire : ' || salary_text, title, description)") }} as pay_text
    from ads
    where
        salary_text ~ '[0-9]'
        or {{ may_tell_pay('title') }}
        or {{ may_tell_pay('description') }}

),

-- one pass over the text puts a mark in front of each mention and one behind it; what lies between two marks is what is
-- said around them
pieces as (

    select
        texts.job_id,
        texts.batch_id,
        texts.country_code,
        pieces.place,
        split_part(pieces.piece, {{ mark_behind() }}, 1) as mention,
        split_part(pieces.piece, {{ mark_behind() }}, 2) as text_after,
        lag(
            case
                when pieces.place = 1 then pieces.piece
                else split_part(pieces.piece, {{ mark_behind() }}, 2)
            end
        ) over (
            partition by texts.job_id
            order by pieces.place
        ) as text_before
    from texts
    cross join lateral string_to_table(
        regexp_replace(
            texts.pay_text, '{{ pay_pattern() }}', {{ mark_before() }} || '\&' || {{ mark_behind() }}, 'g'
        ), {{ mark_before() }}
    ) with ordinality as pieces (piece, place)

),

mentions as (

    select
        job_id,
        batch_id,
        country_code,
        place - 1 as place,
        mention,
        left(text_after, 45) as text_after,
        right(text_before, 70) as text_before,
        {{ amounts_of('mention') }} as amounts,
        mention ~ {{ thousands_sign() }} as is_in_thousands
    from pieces
    where place > 1

),

counted as (

    select
        *,
        {{ in_units('amounts[1]', 'is_in_thousands') }} as lower_amount,
        {{ in_units('amounts[cardinality(amounts)]', 'is_in_thousands') }} as upper_amount
    from mentions

),

dated as (

    select
        *,
        {{ period_told_behind('mention', 'text_after') }} as period_behind,
        {{ period_told_before('text_before') }} as period_before,
        {{ word_of_pay_is_nearest('text_before') }} as is_called_pay,
        {{ word_of_other_money_is_nearest('text_before') }} as is_called_otherwise
    from counted

),

judged as (

    select
        *,
        coalesce(period_behind, period_before, {{ pay_period('upper_amount') }}) as period,
        is_called_otherwise
        or {{ other_money_follows('text_after', '(is_called_pay or period_behind is not null)') }} as is_other_money,
        period_behind is null and {{ other_unit_follows('text_after') }} as is_in_other_unit
    from dated

),

final as (

    select
        ---------- ids
        job_id,
        place,
        batch_id,

        ---------- strings
        mention,
        {{ currency_told('mention') }} as currency_text,
        period,
        case
            when is_other_money then 'other money'
            when is_in_other_unit then 'unknown period'
            when period is null or lower_amount > upper_amount then 'unlikely amount'
            when
                {{ pay_per_year('upper_amount', 'period') }} not between 4000 and 1000000
                then 'unlikely amount'
            when lower_amount < upper_amount / 4 then 'unlikely amount'
            when
                is_called_pay
                or period_behind is not null
                or lower_amount < upper_amount
                or (is_in_thousands and {{ currency_told('mention') }} is not null)
                or {{ stands_where_pay_does('text_before', 'upper_amount', 'is_in_thousands') }}
                then 'pay'
            else 'not called pay'
        end as verdict,

        ---------- numbers
        case
            when not {{ is_upper_bound('text_before', 'text_after', 'amounts') }} then lower_amount
        end::numeric(18, 2) as lower_amount,
        case
            when not {{ is_lower_bound('text_before', 'text_after', 'amounts') }} then upper_amount
        end::numeric(18, 2) as upper_amount,

        ---------- booleans
        is_called_pay,
        coalesce(period_behind, period_before) is not null as is_period_told

    from judged

)

select * from final
