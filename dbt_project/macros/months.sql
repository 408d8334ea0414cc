{# The jobs of every month in which one changed since this model was built, whole months, with their `month_date`. A job's
   day of posting never changes and its row stays, so that a night touches few months, and none that it touches becomes
   empty.

   `jobs` is a CTE, not materialized, with the columns of the mart. The months come one by one: what is asked of each is
   kept apart by `offset 0`, so that PostgreSQL opens that month's partition and no other. #}
{% macro jobs_of_touched_months(jobs) -%}
    (
        select
            touched_months.month_date,
            jobs_of_month.*
        from (
            select distinct date_trunc('month', changed_jobs.posted_date)::date as month_date
            from {{ jobs }} as changed_jobs
            where {{ newer_than_this('changed_jobs.batch_id') }}
        ) as touched_months
        cross join
            lateral (
                select whole_months.*
                from {{ jobs }} as whole_months
                where
                    whole_months.posted_date >= touched_months.month_date
                    and whole_months.posted_date < (touched_months.month_date + interval '1 month')::date
                offset 0
            ) as jobs_of_month
    )
{%- endmacro %}

{# The trade of an ad: its source's category. #}
{% macro trade_of(category_tag) -%}
    coalesce({{ category_tag }}, 'unknown')
{%- endmacro %}
