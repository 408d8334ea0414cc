{# The jobs of every day or month, `period`, in which one changed since this model was built: whole days, whole months, with
   their `day_date` or `month_date`. A job's day of posting never changes and its row stays, so that a night touches few
   of them, and none that it touches becomes empty. `jobs` is a CTE, not materialized, with the columns of the mart. #}
{% macro jobs_of_touched(period, jobs) -%}
    (
        select
            date_trunc('{{ period }}', jobs_of_period.posted_date)::date as {{ period }}_date,
            jobs_of_period.*
        from {{ jobs }} as jobs_of_period
        where {{ is_touched(period, jobs) }}
    )
{%- endmacro %}

{# The periods are asked for beforehand, as `newer_than_this` does with the batch: PostgreSQL opens the partitions of dates
   that it is told and no other. Unit tests bring their own `jobs`, of which only the subquery knows. #}
{% macro is_touched(period, jobs) -%}
    {%- if not is_incremental() -%}
        true
    {%- elif execute and model.resource_type == 'model' -%}
        {%- set touched -%}
            select distinct
                date_trunc('{{ period }}', posted_date)::date,
                (date_trunc('{{ period }}', posted_date) + interval '1 {{ period }}' - interval '1 day')::date
            from {{ ref('jobs') }}
            where {{ newer_than_this() }}
        {%- endset -%}
        {%- set ranges = [] -%}
        {%- for first_day, last_day in run_query(touched) -%}
            {%- do ranges.append("jobs_of_period.posted_date between '" ~ first_day ~ "' and '" ~ last_day ~ "'") -%}
        {%- endfor -%}
        {{ '(' ~ ranges | join(' or ') ~ ')' if ranges else 'false' }}
    {%- else -%}
        date_trunc('{{ period }}', jobs_of_period.posted_date) in (
            select date_trunc('{{ period }}', changed_jobs.posted_date)
            from {{ jobs }} as changed_jobs
            where {{ newer_than_this('changed_jobs.batch_id') }}
        )
    {%- endif -%}
{%- endmacro %}
