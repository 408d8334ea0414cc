with

regions as (

    select * from {{ ref('regions') }}

),

departments as (

    select * from {{ ref('departments') }}

),

final as (

    select
        ---------- strings
        region_alias as area_key,
        null as department_code,
        region_name

    from regions

    union all

    select
        department_alias as area_key,
        department_code,
        region_name

    from departments

)

select * from final
