with

ads as (

    select * from {{ ref('int_ads_cleaned') }}

),

countries as (

    select * from {{ ref('countries') }}

),

bounded as (

    select
        ads.job_id,
        ads.salary_min,
        ads.salary_max,
        ads.salary_period_text,
        ads.is_salary_predicted,
        coalesce(ads.currency_text, countries.currency_code) as currency_code,
        coalesce(ads.salary_min, ads.salary_max) as lower_amount,
        coalesce(ads.salary_max, ads.salary_min) as upper_amount
    from ads
    left join countries on ads.country_code = countries.country_code

),

understood as (

    select
        *,
        -- two amounts that stand the wrong way round, or are not of one size where no period is said, say nothing
        case
            when lower_amount > upper_amount then null
            when salary_period_text is not null
                then {{ believed_period('salary_period_text', 'lower_amount', 'upper_amount') }}
            when {{ pay_period('lower_amount') }} = {{ pay_period('upper_amount') }}
                then {{ pay_period('lower_amount') }}
        end as salary_period
    from bounded

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
