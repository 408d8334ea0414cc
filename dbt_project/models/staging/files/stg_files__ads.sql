{%- set plain_fields = [
    'id', 'title', 'posted', 'link', 'description', 'company', 'category', 'contract_type', 'working_time', 'region',
    'department', 'city', 'place', 'latitude', 'longitude', 'salary_min', 'salary_max', 'salary_period', 'salary_currency',
] -%}
{%- set number_fields = ['latitude', 'longitude', 'salary_min', 'salary_max'] -%}
with

source as (

    select * from {{ source('files', 'ads') }}
    where {{ is_collected() }}

),

read as (

    select
        ---------- ids
        ad_key as raw_ad_key,
        job_id,
        ad_id as source_ad_id,
        batch_id,

        ---------- strings
        source,
        country as country_code,
        mapping,
        {%- for field in plain_fields if field != 'id' %}
        {{ mapped(field) }} as {{ field }},
        {%- endfor %}

        ---------- booleans
        jsonb_typeof(payload) = 'object' as is_object,
        {% for field in plain_fields -%}
        {{ mapped_is_plain(field) }}
        {%- if not loop.last %}
        and {% endif -%}
        {%- endfor %} as is_plain,

        ---------- timestamps
        fetched_at

    from source

),

understood as (

    select
        *,
        {{ clean_text('title') }} as clean_title,
        {{ posted_moment('posted', "mapping ->> 'posted_as'") }} as posted_at,
        -- "Nantes, Pays de la Loire, France": from the town up
        string_to_array(place, ', ') as place_parts,
        substring(link, '^https?://[^\s?#]+') as url,
        {% for field in number_fields -%}
        {{ number_or_null(field) }} as {{ field }}_number,
        {% endfor -%}
        {% for field in number_fields -%}
        {{ is_number(field) }}
        {%- if not loop.last %}
        and {% endif -%}
        {%- endfor %} as has_numbers
    from read

),

judged as (

    select
        *,
        {{ quarantine_reasons(
            without_link="url is null",
            with_wrong_types="not (is_plain and has_numbers)",
            names=['source_ad_id'] + plain_fields | reject('in', ['id', 'description']) | list
        ) }} as quarantine_reasons
    from understood

),

final as (

    select
        ---------- ids
        raw_ad_key,
        job_id,
        source_ad_id,
        batch_id,

        ---------- strings
        source,
        country_code,
        title,
        description,
        company as company_name,
        category as category_tag,
        {{ meaning('contract_type', 'contract_type') }} as contract_type,
        {{ meaning('working_time', 'working_time') }} as contract_time,
        case when cardinality(place_parts) > 2 then place_parts[cardinality(place_parts)] end as area_1,
        coalesce(
            region,
            case when cardinality(place_parts) > 2 then place_parts[cardinality(place_parts) - 1] end
        ) as area_2,
        department as area_3,
        coalesce(
            city, case when cardinality(place_parts) > 1 then place_parts[1] end
        ) as area_4,
        null::text as area_5,
        null::text as area_6,
        url,
        quarantine_reasons,
        {{ meaning('salary_period', 'salary_period') }} as salary_period_text,
        upper(substring(salary_currency, '^[A-Za-z]{3}$')) as currency_text,

        ---------- numbers
        salary_min_number as salary_min,
        salary_max_number as salary_max,
        case when abs(latitude_number) <= 180 then latitude_number::double precision end as latitude,
        case when abs(longitude_number) <= 180 then longitude_number::double precision end as longitude,

        ---------- booleans
        false as is_salary_predicted,

        ---------- timestamps
        posted_at,
        fetched_at

    from judged

)

select * from final
