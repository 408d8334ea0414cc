{# The jobs of every day or month, `period`, in which one changed since this model was built: whole days, whole months, with
   their `day_date` or `month_date`. A job's day of posting never changes and its row stays, so that a night touches few
   of them, and none that it touches becomes empty.

   `jobs` is a CTE, not materialized, with the columns of the mart. The periods come one by one: what is asked of each is
   kept apart by `offset 0`, so that PostgreSQL opens that month's partition and no other. #}
{% macro jobs_of_touched(period, jobs) -%}
    (
        select
            touched.{{ period }}_date,
            jobs_of_period.*
        from (
            select distinct date_trunc('{{ period }}', changed_jobs.posted_date)::date as {{ period }}_date
            from {{ jobs }} as changed_jobs
            where {{ newer_than_this('changed_jobs.batch_id') }}
        ) as touched
        cross join
            lateral (
                select whole_periods.*
                from {{ jobs }} as whole_periods
                where
                    whole_periods.posted_date >= touched.{{ period }}_date
                    and whole_periods.posted_date < (touched.{{ period }}_date + interval '1 {{ period }}')::date
                offset 0
            ) as jobs_of_period
    )
{%- endmacro %}

{# The trade of an ad: its source's category. #}
{% macro trade_of(category_tag) -%}
    coalesce({{ category_tag }}, 'unknown')
{%- endmacro %}
