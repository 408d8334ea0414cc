with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

countries as (

    select * from {{ ref('countries') }}

),

understood as (

    select
        ads.job_id,
        ads.salary_min,
        ads.salary_max,
        ads.is_salary_predicted,
        countries.currency_code,
        -- two amounts that are not of one size, or stand the wrong way round, say nothing
        case
            when ads.salary_min > ads.salary_max then null
            when ads.salary_min is null then {{ pay_period('ads.salary_max') }}
            when ads.salary_max is null then {{ pay_period('ads.salary_min') }}
            when {{ pay_period('ads.salary_min') }} = {{ pay_period('ads.salary_max') }}
                then {{ pay_period('ads.salary_min') }}
        end as salary_period
    from ads
    left join countries on ads.country_code = countries.country_code

),

final as (

    select
        ---------- ids
        job_id,

        ---------- strings
        salary_period,
        case when salary_period is not null then currency_code end as salary_currency,
        case
            when salary_period is null then null
            when is_salary_predicted then 'predicted'
            else 'field'
        end as salary_source,

        ---------- numbers
        (case when salary_period is not null then salary_min end)::numeric(18, 2) as salary_min,
        (case when salary_period is not null then salary_max end)::numeric(18, 2) as salary_max,
        ({{ pay_per_year('salary_min', 'salary_period') }})::numeric(18, 2) as salary_annual_min,
        ({{ pay_per_year('salary_max', 'salary_period') }})::numeric(18, 2) as salary_annual_max

    from understood

)

select * from final
