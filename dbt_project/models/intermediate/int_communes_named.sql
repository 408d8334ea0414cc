{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        indexes=[{'columns': ['department_code', 'town_key'], 'unique': true}, {'columns': ['town_key']}],
    )
}}

with

communes as (

    select * from {{ ref('communes') }}

),

former_communes as (

    select * from {{ ref('former_communes') }}

),

names as (

    select
        commune_name as town,
        commune_code,
        1 as choice
    from communes

    union all

    select
        former_name as town,
        commune_code,
        2 as choice
    from former_communes

),

keyed as (

    select
        {{ department_of_commune('names.commune_code') }} as department_code,
        {{ town_key('names.town') }} as town_key,
        names.commune_code,
        communes.commune_name,
        communes.population,
        names.choice
    from names
    inner join communes on names.commune_code = communes.commune_code
    {%- if is_incremental() %}
    -- made once: another file of communes is a rule that changed, which `dbt build --full-refresh` takes in
    where not exists (select from {{ this }})
    {%- endif %}

),

-- of two towns of one name in a département today's is meant, then the larger one
final as (

    select distinct on (department_code, town_key)
        ---------- ids
        department_code,
        town_key,
        commune_code,

        ---------- strings
        commune_name,

        ---------- numbers
        population

    from keyed
    order by
        department_code asc,
        town_key asc,
        choice asc,
        population desc,
        commune_code asc

)

select * from final
