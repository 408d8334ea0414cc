with

source as (

    select * from {{ source('adzuna', 'ads') }}
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
        -- no longer than is needed to see that it is too long: expressions take the square of a length
        left({{ json_text('payload', 'title') }}, 2001) as title,
        {{ json_text('payload', 'description') }} as description,
        {{ json_text("(payload -> 'company')", 'display_name') }} as company_name,
        {{ json_text("(payload -> 'category')", 'tag') }} as category_tag,
        {{ json_text('payload', 'contract_type') }} as contract_type,
        {{ json_text('payload', 'contract_time') }} as contract_time,
        left({{ json_text('payload', 'redirect_url') }}, 2001) as redirect_url,
        {{ json_text('payload', 'created') }} as created_text,
        {%- for level in range(1, 7) %}
        payload #>> '{location,area,{{ level - 1 }}}' as area_{{ level }},
        {%- endfor %}

        ---------- numbers
        {{ json_number('payload', 'salary_min') }} as salary_min,
        {{ json_number('payload', 'salary_max') }} as salary_max,
        {{ json_number('payload', 'latitude') }} as latitude,
        {{ json_number('payload', 'longitude') }} as longitude,

        ---------- booleans
        jsonb_typeof(payload) = 'object' as is_object,
        coalesce(payload ->> 'salary_is_predicted', '0') = '1' as is_salary_predicted,
        {{ json_is('payload', 'title', ['string']) }}
        and {{ json_is('payload', 'description', ['string']) }}
        and {{ json_is('payload', 'created', ['string']) }}
        and {{ json_is('payload', 'redirect_url', ['string']) }}
        and {{ json_is('payload', 'id', ['string', 'number']) }}
        and {{ json_is('payload', 'company', ['object']) }}
        and {{ json_is('payload', 'category', ['object']) }}
        and {{ json_is('payload', 'location', ['object']) }}
        and {{ json_is("(payload -> 'location')", 'area', ['array']) }}
        and {{ json_is('payload', 'salary_min', ['number']) }}
        and {{ json_is('payload', 'salary_max', ['number']) }}
        and {{ json_is('payload', 'latitude', ['number']) }}
        and {{ json_is('payload', 'longitude', ['number']) }} as has_right_types,

        ---------- timestamps
        fetched_at

    from source

),

dated as (

    select
        *,
        {{ clean_text('title') }} as clean_title,
        {{ utc_timestamp('created_text') }} as posted_at
    from read

),

judged as (

    select
        *,
        {{ quarantine_reasons(
            without_link="coalesce(redirect_url, '') !~ '^https?://[^/]+/(.*/)?(land/ad|details)/'",
            with_wrong_types="not has_right_types",
            names=[
                'source_ad_id', 'title', 'company_name', 'category_tag', 'contract_type', 'contract_time',
                'redirect_url', 'area_1', 'area_2', 'area_3', 'area_4', 'area_5', 'area_6',
            ]
        ) }} as quarantine_reasons
    from dated

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
        company_name,
        category_tag,
        contract_type,
        contract_time,
        {%- for level in range(1, 7) %}
        area_{{ level }},
        {%- endfor %}
        regexp_replace(
            redirect_url, '^https?(://[^/]+(?:/.*)?)/(?:land/ad|details)/.*$', 'https\1/details/'
        ) || source_ad_id as url,
        quarantine_reasons,

        ---------- numbers
        salary_min,
        salary_max,
        case when abs(latitude) <= 180 then latitude::double precision end as latitude,
        case when abs(longitude) <= 180 then longitude::double precision end as longitude,

        ---------- booleans
        is_salary_predicted,

        ---------- timestamps
        posted_at,
        fetched_at

    from judged

)

select * from final
