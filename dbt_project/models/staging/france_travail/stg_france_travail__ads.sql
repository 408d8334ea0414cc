with

source as (

    select * from {{ source('france_travail', 'ads') }}
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
        {{ json_text('payload', 'intitule') }} as title,
        {{ json_text('payload', 'description') }} as description,
        {{ json_text("(payload -> 'entreprise')", 'nom') }} as company_name,
        {{ json_text('payload', 'typeContrat') }} as contract_text,
        {{ json_text('payload', 'natureContrat') }} as contract_nature,
        {{ json_text('payload', 'experienceLibelle') }} as experience_text,
        {{ json_text('payload', 'dureeTravailLibelleConverti') }} as working_time_text,
        {{ json_text('payload', 'dateCreation') }} as created_text,
        {{ json_text("(payload -> 'salaire')", 'libelle') }} as salary_label,
        {{ json_text("(payload -> 'salaire')", 'commentaire') }} as salary_comment,
        {{ json_text('payload', 'romeCode') }} as rome_code,
        {{ json_text("(payload -> 'lieuTravail')", 'libelle') }} as place_text,
        {{ json_text("(payload -> 'lieuTravail')", 'commune') }} as commune_code,
        {{ json_text("(payload -> 'lieuTravail')", 'codePostal') }} as postal_code,

        ---------- numbers
        {{ json_number("(payload -> 'lieuTravail')", 'latitude') }} as latitude,
        {{ json_number("(payload -> 'lieuTravail')", 'longitude') }} as longitude,

        ---------- booleans
        jsonb_typeof(payload) = 'object' as is_object,
        {{ json_is('payload', 'id', ['string', 'number']) }}
        and {{ json_is('payload', 'intitule', ['string']) }}
        and {{ json_is('payload', 'description', ['string']) }}
        and {{ json_is('payload', 'dateCreation', ['string']) }}
        and {{ json_is('payload', 'entreprise', ['object']) }}
        and {{ json_is("(payload -> 'entreprise')", 'nom', ['string']) }}
        and {{ json_is('payload', 'lieuTravail', ['object']) }}
        and {{ json_is("(payload -> 'lieuTravail')", 'libelle', ['string']) }}
        and {{ json_is("(payload -> 'lieuTravail')", 'latitude', ['number']) }}
        and {{ json_is("(payload -> 'lieuTravail')", 'longitude', ['number']) }}
        and {{ json_is('payload', 'salaire', ['object']) }}
        and {{ json_is("(payload -> 'salaire')", 'libelle', ['string']) }} as has_right_types,

        ---------- timestamps
        fetched_at

    from source

),

understood as (

    select
        *,
        {{ clean_text('title') }} as clean_title,
        {{ department_of('place_text', 'commune_code') }} as department_code,
        {{ utc_timestamp('created_text') }} as posted_at
    from read

),

judged as (

    select
        *,
        {{ quarantine_reasons(
            without_link="source_ad_id !~ '^[0-9A-Za-z]+$'",
            with_wrong_types="not has_right_types",
            names=[
                'source_ad_id', 'title', 'company_name', 'contract_text', 'contract_nature', 'experience_text',
                'working_time_text', 'salary_label', 'salary_comment', 'rome_code', 'place_text', 'commune_code',
                'postal_code',
            ]
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
        company_name,
        null::text as category_tag,
        -- what is none of them sells a business: FRA, REP, CCE
        case
            when contract_nature in ('Contrat apprentissage', 'Cont. professionnalisation') then 'apprenticeship'
            when contract_text in ('CDI', 'DIN') then 'permanent'
            when contract_text in ('CDD', 'SAI', 'DDI', 'DDT') then 'fixed_term'
            when contract_text in ('MIS', 'TTI') then 'temporary'
            when contract_text = 'LIB' then 'freelance'
        end as contract_type,
        case working_time_text
            when 'Temps plein' then 'full_time'
            when 'Temps partiel' then 'part_time'
        end as contract_time,
        -- a place without a code is a region, or abroad
        case
            when place_text = 'France' or department_code is not null then 'France'
        end as area_1,
        null::text as area_2,
        null::text as area_3,
        null::text as area_4,
        null::text as area_5,
        null::text as area_6,
        'https://candidat.francetravail.fr/offres/recherche/detail/' || source_ad_id as url,
        quarantine_reasons,
        -- a label without an amount, "Annuel de", leaves the word to the comment
        coalesce(substring(salary_label, '.*[0-9].*'), salary_comment, salary_label) as salary_text,
        {{ stated_period('salary_label') }} as salary_period_text,
        rome_code,
        experience_text,
        place_text,
        department_code,
        commune_code,
        postal_code,

        ---------- numbers
        {{ stated_pay('salary_label') }} as salary_min,
        -- one amount is the pay, not its lower end
        coalesce({{ stated_pay('salary_label', is_upper=true) }}, {{ stated_pay('salary_label') }}) as salary_max,
        case when abs(latitude) <= 180 then latitude::double precision end as latitude,
        case when abs(longitude) <= 180 then longitude::double precision end as longitude,

        ---------- booleans
        false as is_salary_predicted,

        ---------- timestamps
        posted_at,
        fetched_at

    from judged

)

select * from final
