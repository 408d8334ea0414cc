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

placed as (

    select * from {{ ref('int_ads_placed') }}
    where
        commune_code is null
        and {{ newer_than_this() }}

),

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

towns as (

    select * from {{ ref('int_communes_named') }}

),

communes as (

    select * from {{ ref('communes') }}

),

departments as (

    select * from {{ ref('departments') }}

),

postal_codes as (

    select * from {{ ref('postal_codes') }}

),

-- where the fields name no town, what the text says of the place of work, if it fits what they do say
vague as (

    select
        placed.job_id,
        placed.batch_id,
        placed.department_code as known_department,
        placed.region_name as known_region,
        replace(concat_ws(' | ', ads.title, ads.description), '’', '''') as ad_text
    from placed
    inner join ads on placed.job_id = ads.job_id

),

-- names as the look-up has them, once for each; compared with 37,000 towns while they are made, they cost minutes
names as materialized (

    -- "Nanterre (92)"
    select
        vague.job_id,
        2 as choice,
        found.place,
        0 as least_population,
        found.parts[2] as department_code,
        {{ town_key("regexp_replace(found.parts[1], '^(?:[^ ]+ ){' || skipped || '}', '')") }} as town_key
    from vague
    cross join
        lateral regexp_matches(
            vague.ad_text, '([[:upper:]][[:alpha:]''-]+(?:[ -][[:alpha:]''-]+){0,4}) ?\((2[AB]|97[1-6]|[0-9]{2})\)', 'g'
        )
        with ordinality as found (parts, place)
    cross join lateral generate_series(0, 4) as skipped

    union all

    -- "basé à Lyon"
    select
        vague.job_id,
        3 as choice,
        found.place,
        5000 as least_population,
        null as department_code,
        {{ town_key("substring(found.words[1], '^(?:[^ ]+ ?){' || taken || '}')") }} as town_key
    from vague
    cross join
        lateral regexp_matches(
            vague.ad_text, '{{ words_before_a_town() }} ?((?:[LldD][eaEA]?s? ?)?[[:upper:]][^.,;:|()/]{2,40})', 'g'
        )
        with ordinality as found (words, place)
    cross join lateral generate_series(1, 5) as taken

    union all

    -- "Administrateur système - Rennes (H/F)"
    select
        vague.job_id,
        4 as choice,
        parts.place,
        10000 as least_population,
        null as department_code,
        {{ town_key('parts.part') }} as town_key
    from vague
    cross join
        lateral regexp_split_to_table(split_part(vague.ad_text, ' | ', 1), '\s[-–|/]\s|[(),|/]|\s+à\s+')
        with ordinality as parts (part, place)

    union all

    -- "nos équipes de Metz", where the département or the region is known and has one of that name
    select
        vague.job_id,
        5 as choice,
        found.place,
        case when vague.known_department is null then 50000 else 2000 end as least_population,
        vague.known_department as department_code,
        {{ town_key("substring(found.words[1], '^(?:[^ ]+ ?){' || taken || '}')") }} as town_key
    from vague
    cross join
        lateral regexp_matches(
            vague.ad_text, '\m(?:à|a|sur|de|vers|près de|d'')\s?((?:[Ll][ea]s? )?[[:upper:]][^.,;:|()/]{2,40})', 'g'
        )
        with ordinality as found (words, place)
    cross join lateral generate_series(1, 5) as taken
    where vague.known_region is not null

),

told as (

    -- "44000 Nantes", "(75001)"
    select
        vague.job_id,
        1 as choice,
        found.place,
        postal_codes.commune_code
    from vague
    cross join
        lateral regexp_matches(vague.ad_text, '(?<![0-9€$£ .,])[ (]?(?:F-?)?([0-9]{5})(?![0-9]| ?[€$£k]| euro)', 'g')
        with ordinality as found (code, place)
    inner join postal_codes on found.code[1] = postal_codes.postal_code

    union all

    select
        names.job_id,
        names.choice,
        names.place,
        towns.commune_code
    from names
    inner join towns on names.town_key = towns.town_key
    where
        towns.department_code = coalesce(names.department_code, towns.department_code)
        and towns.population >= names.least_population

),

-- before it is asked which town fits: joined in another order, every ad meets every commune of its region
located as materialized (

    select
        told.job_id,
        told.choice,
        told.place,
        communes.commune_code,
        communes.commune_name,
        communes.population,
        departments.department_code,
        departments.region_name
    from told
    inner join communes on told.commune_code = communes.commune_code
    inner join departments
        on {{ department_of_commune('communes.commune_code') }} = departments.department_code

),

fitting as (

    select distinct on (located.job_id)
        located.job_id,
        located.commune_code
    from located
    inner join vague on located.job_id = vague.job_id
    where
        located.department_code = coalesce(vague.known_department, located.department_code)
        and located.region_name = coalesce(vague.known_region, located.region_name)
    order by
        located.job_id asc,
        located.choice asc,
        located.place asc,
        length(located.commune_name) desc,
        located.population desc

),

-- every ad that was looked at has a row, so that one that no longer names its town loses it
final as (

    select
        ---------- ids
        vague.job_id,
        vague.batch_id,
        fitting.commune_code

    from vague
    left join fitting on vague.job_id = fitting.job_id

)

select * from final
