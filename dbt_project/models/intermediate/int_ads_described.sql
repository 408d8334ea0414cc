{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='job_id',
        on_schema_change='fail',
        indexes=[
            {'columns': ['job_id'], 'unique': true},
            {'columns': ['batch_id']},
        ],
    )
}}

with

ads as materialized (

    select
        job_id,
        batch_id,
        contract_type,
        working_time,
        experience_text,
        lower(title) as lower_title,
        lower(description) as lower_text
    from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

titled as (

    select * from {{ ref('int_ads_titled') }}

),

-- Each fact is looked for in all texts before the next one: PostgreSQL keeps 32 regular expressions at hand, and all of
-- them together are twice as many.
contracts as materialized (

    select
        job_id,
        -- a field comes first; an apprenticeship is a fixed term too, and Adzuna's "contract" leaves something to say
        case
            when contract_type = 'fixed_term' and ({{ is_for_apprentices('lower_title') }}) then 'apprenticeship'
            when contract_type <> 'contract' then contract_type
            else coalesce(
                nullif(
                    coalesce({{ contract_in_title('lower_title') }}, {{ contract_in_text('lower_text') }}),
                    case when contract_type = 'contract' then 'permanent' end
                ),
                contract_type
            )
        end as contract_type
    from ads

),

working_times as materialized (

    select
        job_id,
        coalesce(
            working_time, {{ working_time_in('lower_title') }}, {{ working_time_in('lower_text') }}
        ) as working_time
    from ads

),

levels as materialized (

    select
        job_id,
        {{ seniority_in_title('lower_title') }} as level_of_title,
        coalesce(
            {{ seniority_in_field('experience_text') }}, {{ seniority_in_text('lower_text') }}
        ) as level_of_experience
    from ads

),

remote_modes as materialized (

    select
        job_id,
        coalesce({{ remote_mode_in('lower_title') }}, {{ remote_mode_in('lower_text') }}) as remote_mode
    from ads

),

final as (

    select
        ---------- ids
        ads.job_id,
        ads.batch_id,

        ---------- strings
        titled.title_normalised,
        contracts.contract_type,
        working_times.working_time,
        coalesce(
            levels.level_of_title,
            case contracts.contract_type
                when 'internship' then 'intern'
                when 'apprenticeship' then 'apprentice'
            end,
            levels.level_of_experience
        ) as seniority,
        remote_modes.remote_mode

    from ads
    inner join titled on ads.job_id = titled.job_id
    inner join contracts on ads.job_id = contracts.job_id
    inner join working_times on ads.job_id = working_times.job_id
    inner join levels on ads.job_id = levels.job_id
    inner join remote_modes on ads.job_id = remote_modes.job_id

)

select * from final
