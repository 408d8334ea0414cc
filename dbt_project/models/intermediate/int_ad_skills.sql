{# The planner takes every text for a thousand words: it would sort them all, or keep them in case a text came again. Of
   few ads it would go through all aliases for each word. #}
{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_id',
        on_schema_change='fail',
        pre_hook='set local enable_mergejoin = off; set local enable_memoize = off; set local enable_nestloop = off',
        indexes=[
            {'columns': ['job_id', 'skill_key'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

-- to read the ads twice is cheaper than to keep their texts
ads as not materialized (

    select
        job_id,
        batch_id,
        concat(title, e'\n', {{ without_presentation('description') }}) as title_and_text
    from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

skills as (

    select * from {{ ref('skill_taxonomy') }}

),

skill_aliases as (

    select * from {{ ref('skill_aliases') }}

),

aliases as materialized (

    select
        row_number() over (order by skill_aliases.skill_key, skill_aliases.alias) as alias_id,
        skill_aliases.skill_key,
        skill_aliases.context_categories,
        'title' = any(string_to_array(skill_aliases.context_categories, '|')) as counts_in_title,
        split_part(words.plain_words, ' ', 2) as first_word,
        nullif(split_part(words.plain_words, ' ', 3), '') as second_word,
        nullif(split_part(words.plain_words, ' ', 4), '') as third_word,
        words.plain_words as phrase,
        -- a short word is itself alone: without its last letter "CMS" is "cm", "SAS" is "sa"
        case
            when skill_aliases.is_case_sensitive then words.written_words
            when
                length(words.plain_words) < 5
                or regexp_count(words.lower_words, ' [^ ]{1,2}s ') > regexp_count(words.lower_words, ' [dl]es ')
                then words.lower_words
        end as exact_phrase,
        skill_aliases.is_case_sensitive,
        -- whether longer words can give it another meaning
        bool_or(skill_aliases.context_categories = 'never')
            over (partition by skill_aliases.skill_key) as is_within_another
    from skill_aliases
    -- a macro's subquery, which depends on the row
    cross join lateral {{ words_of('skill_aliases.alias') }} as words -- noqa: ST05

),

-- "comptable" within "cabinet comptable", which is the employer
misleading as (

    select
        longer.alias_id as longer_alias_id,
        aliases.alias_id
    from aliases as longer
    inner join aliases
        on
            longer.skill_key = aliases.skill_key
            and strpos(longer.phrase, aliases.phrase) > 0
    where
        longer.context_categories = 'never'
        and aliases.context_categories is distinct from 'never'

),

texts as (

    select
        ads.job_id,
        words.*
    from ads
    cross join lateral {{ words_of('ads.title_and_text') }} as words -- noqa: ST05

),

-- every word beside the one that follows, joined to the aliases that begin so
found as (

    select
        texts.job_id,
        aliases.alias_id,
        aliases.skill_key,
        aliases.context_categories,
        aliases.counts_in_title,
        case
            when aliases.is_within_another then {{ times_in('texts.plain_words', 'aliases.phrase') }}
            else 1
        end as times,
        case
            when aliases.counts_in_title or aliases.is_within_another
                then {{ times_in("split_part(texts.plain_words, e'\\n', 1)", 'aliases.phrase') }}
        end as times_in_title
    from texts
    cross join
        lateral unnest(
            string_to_array(texts.plain_words, ' '),
            string_to_array(substr(texts.plain_words, 2), ' ')
        ) as words (word, next_word)
    inner join aliases
        on
            words.word = aliases.first_word
            and (aliases.second_word is null or words.next_word = aliases.second_word)
            and (aliases.third_word is null or strpos(texts.plain_words, aliases.phrase) > 0)
            and (
                aliases.exact_phrase is null
                or strpos(
                    case when aliases.is_case_sensitive then texts.written_words else texts.lower_words end,
                    aliases.exact_phrase
                ) > 0
            )

),

not_meant as (

    select
        longer.job_id,
        longer.alias_id,
        sum(longer.times) as times,
        sum(longer.times_in_title) as times_in_title
    from (
        select distinct
            found.job_id,
            found.times,
            found.times_in_title,
            misleading.*
        from found
        inner join misleading on found.alias_id = misleading.longer_alias_id
    ) as longer
    group by
        longer.job_id,
        longer.alias_id

),

meant as (

    select
        found.job_id,
        found.skill_key,
        bool_or(
            found.context_categories is null
            or found.counts_in_title and found.times_in_title > coalesce(not_meant.times_in_title, 0)
        ) as is_certain,
        string_agg(found.context_categories, '|') as context_categories
    from found
    left join not_meant
        on
            found.job_id = not_meant.job_id
            and found.alias_id = not_meant.alias_id
    where
        found.context_categories is distinct from 'never'
        and found.times > coalesce(not_meant.times, 0)
    group by
        found.job_id,
        found.skill_key

),

certain as (

    select
        meant.job_id,
        skills.skill_category
    from meant
    inner join skills on meant.skill_key = skills.skill_key
    where meant.is_certain

),

named as (

    select
        job_id,
        skill_key
    from meant
    where is_certain

    union all

    -- R, Go, SAS: only beside a skill that says which world the ad is of
    select
        job_id,
        skill_key
    from meant
    where
        not is_certain
        and exists (
            select 1
            from certain
            where
                certain.job_id = meant.job_id
                and certain.skill_category = any(string_to_array(meant.context_categories, '|'))
        )

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
