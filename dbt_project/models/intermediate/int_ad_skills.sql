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

-- a blank behind every word: a phrase that starts with an alias ends with a whole word
worded_aliases as (

    select
        skill_aliases.skill_key,
        skill_aliases.alias,
        skill_aliases.context_categories,
        skill_aliases.is_case_sensitive,
        string_agg(words.word || ' ', '' order by words.place) as phrase,
        string_agg(words.plain_word || ' ', '' order by words.place) as plain_phrase,
        count(*) as length
    from skill_aliases
    -- a macro's subquery, which depends on the row
    cross join lateral {{ words_of('skill_aliases.alias') }} as words -- noqa: ST05
    group by
        skill_aliases.skill_key,
        skill_aliases.alias,
        skill_aliases.context_categories,
        skill_aliases.is_case_sensitive

),

aliases as (

    select
        worded_aliases.skill_key,
        skills.skill_category,
        worded_aliases.context_categories,
        split_part(worded_aliases.plain_phrase, ' ', 1) as first_word,
        worded_aliases.plain_phrase,
        case when worded_aliases.is_case_sensitive then worded_aliases.phrase else '' end as written_phrase,
        worded_aliases.length
    from worded_aliases
    inner join skills on worded_aliases.skill_key = skills.skill_key

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

-- every word that an alias starts with, and the three that follow; no window is larger than one text
phrases as (

    select
        fields.job_id,
        fields.field,
        words.*
    from fields
    cross join
        lateral (
            select
                row_number() over in_order as place,
                words.plain_word as first_word,
                concat(
                    words.plain_word, ' ',
                    lead(words.plain_word || ' ') over in_order,
                    lead(words.plain_word || ' ', 2) over in_order,
                    lead(words.plain_word || ' ', 3) over in_order
                ) as plain_phrase,
                concat(
                    words.word, ' ',
                    lead(words.word || ' ') over in_order,
                    lead(words.word || ' ', 2) over in_order,
                    lead(words.word || ' ', 3) over in_order
                ) as phrase
            from {{ words_of('fields.field_text') }} as words
            window in_order as (order by words.place)
        ) as words
    where words.first_word in (select aliases.first_word from aliases)

),

-- one join on the first word: the rest is compared for the few that share it
found as (

    select
        phrases.job_id,
        phrases.field,
        phrases.place,
        aliases.length,
        aliases.skill_key,
        aliases.skill_category,
        aliases.context_categories
    from phrases
    inner join aliases
        on
            phrases.first_word = aliases.first_word
            and starts_with(phrases.plain_phrase, aliases.plain_phrase)
            and starts_with(phrases.phrase, aliases.written_phrase)

),

-- "cabinet comptable" is the employer: the "comptable" in it names no skill
not_meant as (

    select
        job_id,
        field,
        skill_key,
        place,
        length
    from found
    where context_categories = 'never'

),

meant as (

    select found.*
    from found
    where
        found.context_categories is distinct from 'never'
        and not exists (
            select 1
            from not_meant
            where
                not_meant.job_id = found.job_id
                and not_meant.field = found.field
                and not_meant.skill_key = found.skill_key
                and found.place between not_meant.place and not_meant.place + not_meant.length - 1
        )

),

certain as (

    select distinct
        job_id,
        skill_key,
        skill_category
    from meant
    where
        context_categories is null
        or (field = 1 and 'title' = any(string_to_array(context_categories, '|')))

),

-- R, Go, SAS: only beside a skill that says which world the ad is of
by_context as (

    select
        meant.job_id,
        meant.skill_key
    from meant
    inner join certain
        on
            meant.job_id = certain.job_id
            and meant.skill_key <> certain.skill_key
            and certain.skill_category = any(string_to_array(meant.context_categories, '|'))

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
