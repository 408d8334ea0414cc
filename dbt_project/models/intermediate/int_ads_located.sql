with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

regions as (

    select * from {{ ref('regions') }}

),

departments as (

    select * from {{ ref('departments') }}

),

-- Adzuna's area goes from the country down, and its levels are not fixed. In France: region, département, the main town
-- of the arrondissement, commune, quarter; Paris, Lyon and Marseille have their arrondissements in place of a commune.
-- France Travail gives the code of the département and a text with the town, or with the département again.
read as (

    select
        *,
        {{ town_of('place_text') }} as town
    from ads
    where country_code = 'fr'

),

french as (

    select
        read.job_id,
        read.country_code,
        coalesce(coded.department_code, named.department_code) as department_code,
        coalesce(
            coded.region_name, regions.region_name, named.region_name, read.area_2
        ) as region,
        case
            when read.area_4 ~* 'arrondissement' then read.area_3
            when read.area_5 ~* 'arrondissement' then read.area_4
            when read.town is null then coalesce(read.area_5, read.area_4)
            when {{ place_key('read.town') }} <> coalesce(coded.department_alias, '')
                then {{ town_name('read.town') }}
        end as named_city
    from read
    left join regions on {{ place_key('coalesce(read.area_2, read.place_text)') }} = regions.region_alias
    left join departments as named on {{ place_key('read.area_3') }} = named.department_alias
    left join departments as coded on read.department_code = coded.department_code

),

elsewhere as (

    select
        job_id,
        country_code,
        null::text as department_code,
        area_2 as region,
        coalesce(area_4, area_3) as city
    from ads
    where country_code <> 'fr'

),

everywhere as (

    select
        job_id,
        country_code,
        department_code,
        region,
        -- Paris is its own département
        case when department_code = '75' then 'Paris' else named_city end as city
    from french

    union all

    select
        job_id,
        country_code,
        department_code,
        region,
        city
    from elsewhere

),

final as (

    select
        ---------- ids
        job_id,
        concat_ws(
            '|', country_code, region, department_code, {{ place_key('city') }}
        ) as location_id,

        ---------- strings
        city,
        department_code,
        region,
        country_code

    from everywhere

)

select * from final
