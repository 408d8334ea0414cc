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

ads as (

    select * from {{ ref('int_ads_cleaned') }}
    where {{ newer_than_this() }}

),

located as (

    select * from {{ ref('int_ads_located') }}

),

departments as (

    select * from {{ ref('departments') }}

),

-- each step once: a CTE that is not materialized would be computed anew wherever the next one names it
ungendered as materialized (

    select
        ads.job_id,
        ads.batch_id,
        ads.title,
        located.city,
        located.department_code,
        departments.department_name,
        {{ without_gender_marks('ads.title') }} as ungendered_title
    from ads
    inner join located on ads.job_id = located.job_id
    left join departments on located.department_code = departments.department_code

),

unreferenced as materialized (

    select
        *,
        {{ without_references('ungendered_title') }} as unreferenced_title
    from ungendered

),

shortened as materialized (

    select
        *,
        {{ without_loose_ends(without_terms('unreferenced_title')) }} as short_title
    from unreferenced

),

numbered as materialized (

    select
        *,
        {{ number_at_the_end('short_title') }} as number
    from shortened

),

-- the ad's own place says nothing of the job: "Juriste - Paris 8e (75)"
unnumbered as materialized (

    select
        *,
        case
            when
                left(number, length(department_code)) = department_code
                or lower(short_title) like '%' || lower(city || ' ' || number) || '%'
                then {{ before_place('short_title', 'number') }}
        end as title_before_number
    from numbered

),

unplaced as materialized (

    select
        *,
        coalesce(
            {{ before_place('coalesce(title_before_number, short_title)', 'city') }},
            {{ before_place('coalesce(title_before_number, short_title)', 'department_name') }},
            title_before_number
        ) as title_before_place
    from unnumbered

),

named as materialized (

    select
        *,
        coalesce({{ without_loose_ends(without_terms('title_before_place')) }}, short_title) as job_title
    from unplaced

),

final as (

    select
        ---------- ids
        job_id,
        batch_id,

        ---------- strings
        coalesce(nullif({{ in_sentence_case('job_title') }}, ''), title) as title_normalised

    from named

)

select * from final
