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

areas as (

    select * from {{ ref('int_areas_named') }}

),

postal_codes as (

    select * from {{ ref('postal_codes') }}

),

-- where the fields name no town, what the text says of the place of work, if it fits what they do say
vague as (

    select
        placed.job_id,
        placed.batch_id,
        coalesce(placed.department_code, areas.department_code) as known_department,
        coalesce(placed.region_name, areas.region_name) as known_region,
        replace(concat_ws(' | ', ads.title, ads.description), '’', '''') as ad_text
    from placed
    inner join ads on placed.job_id = ads.job_id
    -- "Conducteur de travaux (78)"
    left join areas
        on
            areas.department_code = substring(ads.title from '\((2[AB]|97[1-6]|[0-9]{2})\)')
            and areas.region_name = coalesce(placed.region_name, areas.region_name)
            and placed.department_code is null

),

-- before they are taken apart: else each expression runs once for every part
mentions as materialized (

    -- "Nanterre (92)"
    select
        vague.job_id,
        2 as choice,
        found.place,
        0 as least_population,
        found.parts[2] as department_code,
        found.parts[1] as words
    from vague
    cross join
        lateral regexp_matches(
            vague.ad_text, '([[:upper:]][[:alpha:]''-]+(?:[ -][[:alpha:]''-]+){0,4}) ?\((2[AB]|97[1-6]|[0-9]{2})\)', 'g'
        )
        with ordinality as found (parts, place)

    union all

    -- "basé à Lyon"
    select
        vague.job_id,
        3 as choice,
        found.place,
        -- "Localisation : Pusignan" says it more plainly
        case when found.parts[1] like '%:%' then 500 else 5000 end as least_population,
        null as department_code,
        found.parts[2] as words
    from vague
    cross join
        lateral regexp_matches(
            vague.ad_text, '({{ words_before_a_town() }}) ?((?:[LldD][eaEA]?s? ?)?[[:upper:]][^.,;:|()/]{2,40})', 'g'
        )
        with ordinality as found (parts, place)

    union all

    -- "Administrateur système - Rennes (H/F)"
    select
        vague.job_id,
        4 as choice,
        parts.place,
        10000 as least_population,
        null as department_code,
        parts.part as words
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
        found.parts[1] as words
    from vague
    cross join
        lateral regexp_matches(
            vague.ad_text, '\m(?:à|a|sur|de|vers|près de|d'')\s?((?:[Ll][ea]s? )?[[:upper:]][^.,;:|()/]{2,40})', 'g'
        )
        with ordinality as found (parts, place)
    where vague.known_region is not null

),

-- names as the look-up has them, once for each; compared with 37,000 towns while they are made, they cost minutes
names as materialized (

    select
        mentions.job_id,
        mentions.choice,
        mentions.place,
        mentions.least_population,
        mentions.department_code,
        {{ town_key(
            "case mentions.choice
                -- the town is the end of the words
                when 2 then regexp_replace(mentions.words, '^(?:[^ ]+ ){' || series.number - 1 || '}', '')
                when 4 then mentions.words
                -- it is their beginning
                else substring(mentions.words, '^(?:[^ ]+ ?){' || series.number || '}')
            end"
        ) }} as town_key
    from mentions
    cross join generate_series(1, 5) as series (number)
    where mentions.choice <> 4 or series.number = 1

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
        -- a name of three words is no other word: "Plouër-sur-Rance"
        and (towns.population >= names.least_population or names.town_key like '% % %')

),

-- before it is held against the ads: a plan that begins with every ad and every commune of its région costs minutes
told_communes as materialized (

    select
        told.job_id,
        told.choice,
        told.place,
        communes.commune_code,
        communes.commune_name,
        communes.population,
        areas.department_code,
        areas.region_name
    from told
    inner join communes on told.commune_code = communes.commune_code
    inner join areas
        on {{ department_of_commune('communes.commune_code') }} = areas.department_code

),

fitting as (

    select distinct on (told_communes.job_id)
        told_communes.job_id,
        told_communes.commune_code
    from told_communes
    inner join vague on told_communes.job_id = vague.job_id
    where
        told_communes.department_code = coalesce(vague.known_department, told_communes.department_code)
        and told_communes.region_name = coalesce(vague.known_region, told_communes.region_name)
    order by
        told_communes.job_id asc,
        told_communes.choice asc,
        told_communes.place asc,
        length(told_communes.commune_name) desc,
        told_communes.population desc

),

-- names of régions and départements, in the title or behind "Localisation :", where the fields name neither
area_mentions as materialized (

    select
        vague.job_id,
        1 as choice,
        found.place,
        found.words[1] as words
    from vague
    cross join
        lateral regexp_matches(vague.ad_text, '{{ words_before_an_area() }} ?([[:upper:]][^.,;:|()/]{2,40})', 'g')
        with ordinality as found (words, place)
    where vague.known_region is null

    union all

    select
        vague.job_id,
        2 as choice,
        parts.place,
        parts.part as words
    from vague
    cross join
        lateral regexp_split_to_table(split_part(vague.ad_text, ' | ', 1), '\s[-–|/]\s|[(),|/]')
        with ordinality as parts (part, place)
    where vague.known_region is null

),

area_names as materialized (

    select
        area_mentions.job_id,
        area_mentions.choice,
        area_mentions.place,
        {{ place_key("substring(area_mentions.words, '^(?:[^ ]+ ?){' || taken || '}')") }} as area_key
    from area_mentions
    cross join generate_series(1, 5) as taken

),

areas_told as (

    select distinct on (area_names.job_id)
        area_names.job_id,
        areas.department_code,
        areas.region_name
    from area_names
    inner join areas on area_names.area_key = areas.area_key
    order by
        area_names.job_id asc,
        area_names.choice asc,
        area_names.place asc,
        length(areas.area_key) desc,
        areas.department_code asc nulls last

),

-- every ad that was looked at has a row, so that one that no longer names its town loses it
final as (

    select
        ---------- ids
        vague.job_id,
        vague.batch_id,
        fitting.commune_code,

        ---------- strings
        coalesce(vague.known_department, areas_told.department_code) as department_code,
        coalesce(vague.known_region, areas_told.region_name) as region_name

    from vague
    left join fitting on vague.job_id = fitting.job_id
    left join areas_told on vague.job_id = areas_told.job_id

)

select * from final
