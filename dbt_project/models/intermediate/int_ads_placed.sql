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

    -- kept while the places are looked up: without the texts
    select
        job_id,
        job_key,
        batch_id,
        area_2,
        area_3,
        area_4,
        area_5,
        area_6,
        place_text,
        department_code,
        commune_code,
        md5(concat_ws(
            '|', area_2, area_3, area_4, area_5, area_6, place_text, department_code, commune_code
        )) as place_id
    from {{ ref('int_ads_cleaned') }}
    where
        country_code = 'fr'
        and {{ newer_than_this() }}

),

towns as (

    select * from {{ ref('int_communes_named') }}

),

communes as (

    select * from {{ ref('communes') }}

),

regions as (

    select * from {{ ref('regions') }}

),

departments as (

    select * from {{ ref('departments') }}

),

-- Adzuna's area goes from the country down, and its levels are not fixed. In France: region, département, the main town
-- of the arrondissement, commune, quarter; Paris, Lyon and Marseille have their arrondissements in place of a commune.
-- France Travail gives the codes of the commune and the département and a text with the town, or the département again.
places as (

    select distinct on (place_id)
        place_id,
        area_2,
        area_3,
        area_4,
        area_5,
        area_6,
        place_text,
        department_code,
        commune_code,
        {{ town_of('place_text') }} as town
    from ads
    order by place_id, job_key

),

in_departments as (

    select
        places.*,
        coalesce(coded.department_code, named.department_code) as known_department,
        coalesce(coded.region_name, named.region_name, regions.region_name) as known_region
    from places
    left join departments as coded on places.department_code = coded.department_code
    left join departments as named on {{ place_key('places.area_3') }} = named.department_alias
    left join regions on {{ place_key('coalesce(places.area_2, places.place_text)') }} = regions.region_alias

),

levels as (

    select
        in_departments.place_id,
        in_departments.known_department,
        levels.choice,
        {{ town_key('levels.town') }} as town_key,
        {{ town_key(town_of_area('levels.town')) }} as main_town_key
    from in_departments
    cross join
        lateral (
            values
            (1, in_departments.area_6),
            (2, in_departments.area_5),
            (3, in_departments.area_4),
            (4, in_departments.town)
        ) as levels (choice, town)
    where in_departments.known_department is not null and levels.town is not null

),

-- a name by itself, without its canton or quarter, or as the beginning of a longer one: Évry is Évry-Courcouronnes
-- today
matched as (

    select
        levels.place_id,
        levels.choice,
        1 as likeness,
        towns.commune_code
    from levels
    inner join towns
        on
            levels.known_department = towns.department_code
            and levels.town_key = towns.town_key

    union all

    select
        levels.place_id,
        levels.choice,
        2 as likeness,
        towns.commune_code
    from levels
    inner join towns
        on
            levels.known_department = towns.department_code
            and levels.main_town_key = towns.town_key
            and levels.choice > 1

    union all

    select
        levels.place_id,
        levels.choice,
        3 as likeness,
        towns.commune_code
    from levels
    inner join towns
        on
            levels.known_department = towns.department_code
            and levels.town_key = split_part(towns.town_key, ' sur ', 1)
            and levels.town_key <> towns.town_key
            and levels.choice > 1

    union all

    select
        levels.place_id,
        levels.choice,
        4 as likeness,
        towns.commune_code
    from levels
    inner join towns
        on
            levels.known_department = towns.department_code
            and towns.town_key like levels.main_town_key || ' %'
            and towns.population > 5000
            and levels.choice > 1

),

named as (

    select distinct on (matched.place_id)
        matched.place_id,
        matched.commune_code
    from matched
    inner join communes on matched.commune_code = communes.commune_code
    order by
        matched.place_id asc,
        matched.choice asc,
        matched.likeness asc,
        communes.population desc,
        communes.commune_code asc

),

in_towns as (

    select
        in_departments.place_id,
        in_departments.known_department,
        in_departments.known_region,
        coalesce(
            coded.commune_code,
            case when in_departments.known_department = '75' then '75056' end,
            case
                when in_departments.commune_code ~ '^132[01]' then '13055'
                when in_departments.commune_code ~ '^6938[1-9]' then '69123'
            end,
            named.commune_code
        ) as commune_code
    from in_departments
    left join communes as coded on in_departments.commune_code = coded.commune_code
    left join named on in_departments.place_id = named.place_id

),

final as (

    select
        ---------- ids
        ads.job_id,
        ads.batch_id,
        in_towns.commune_code,

        ---------- strings
        in_towns.known_department as department_code,
        in_towns.known_region as region_name

    from ads
    inner join in_towns on ads.place_id = in_towns.place_id

)

select * from final
