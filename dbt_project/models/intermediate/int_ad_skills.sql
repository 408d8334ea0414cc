{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_id',
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id', 'skill_key'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as (

    select * from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

skills as (

    select * from {{ ref('skill_taxonomy') }}

),

skill_aliases as (

    select * from {{ ref('skill_aliases') }}

),

aliases as (

    select
        skill_aliases.skill_key,
        skill_aliases.alias,
        skill_aliases.is_case_sensitive,
        skill_aliases.context_categories,
        skills.skill_category
    from skill_aliases
    inner join skills on skill_aliases.skill_key = skills.skill_key

),

fields as (

    select
        job_id,
        1 as field,
        title as field_text
    from ads

    union all

    select
        job_id,
        2 as field,
        description as field_text
    from ads

),

words as (

    select
        fields.job_id,
        tokens.token as word,
        lead(tokens.token) over in_order as next_word,
        lead(tokens.token, 2) over in_order as word_after
    from fields
    cross join lateral {{ tokens_of('fields.field_text') }} as tokens
    window in_order as (partition by fields.job_id, fields.field order by tokens.place)

),

phrases as (

    select
        job_id,
        word as phrase
    from words

    union all

    select
        job_id,
        word || ' ' || next_word as phrase
    from words
    where next_word is not null

    union all

    select
        job_id,
        word || ' ' || next_word || ' ' || word_after as phrase
    from words
    where word_after is not null

),

-- an "or" would keep the database from joining by hash
found as (

    select
        phrases.job_id,
        aliases.skill_key,
        aliases.skill_category,
        aliases.context_categories
    from phrases
    inner join aliases on lower(phrases.phrase) = aliases.alias
    where not aliases.is_case_sensitive

    union

    select
        phrases.job_id,
        aliases.skill_key,
        aliases.skill_category,
        aliases.context_categories
    from phrases
    inner join aliases on phrases.phrase = aliases.alias
    where aliases.is_case_sensitive

),

certain as (

    select
        job_id,
        skill_key,
        skill_category
    from found
    where context_categories is null

),

-- R, Go, SAS: only beside a skill that says which world the ad is of
by_context as (

    select
        found.job_id,
        found.skill_key
    from found
    inner join certain
        on
            found.job_id = certain.job_id
            and found.skill_key <> certain.skill_key
            and certain.skill_category = any(string_to_array(found.context_categories, '|'))

),

named as (

    select
        job_id,
        skill_key
    from certain

    union

    select
        job_id,
        skill_key
    from by_context

),

-- every ad has at least one row, so that an ad that lost its last skill loses its old rows
final as (

    select
        ---------- ids
        ads.job_id,
        coalesce(named.skill_key, -1) as skill_key,
        ads.batch_id

    from ads
    left join named on ads.job_id = named.job_id

)

select * from final
