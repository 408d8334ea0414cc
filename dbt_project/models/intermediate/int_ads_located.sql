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
french as (

    select
        ads.job_id,
        ads.country_code,
        departments.department_code,
        coalesce(regions.region_name, departments.region_name, ads.area_2) as region,
        case
            when ads.area_4 ~* 'arrondissement' then ads.area_3
            when ads.area_5 ~* 'arrondissement' then ads.area_4
            else coalesce(ads.area_5, ads.area_4)
        end as named_city,
        departments.department_name
    from ads
    left join regions on {{ place_key('ads.area_2') }} = regions.region_alias
    left join departments on {{ place_key('ads.area_3') }} = departments.department_alias
    where ads.country_code = 'fr'

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
