{# A table that was just built has no statistics until autovacuum comes by, and the next model's plan would be a guess. Of a
   night's few rows PostgreSQL takes one for granted, which is near enough, and to read a large table's samples anew takes
   longer than those rows; of thousands it would be a bad guess. #}
{% macro analyze_table() -%}
    {%- if execute and model.config.materialized != 'view' -%}
        {%- if not (is_incremental() and 'batch_id' in model.columns and newest_batch_is_small()) -%}
            analyze {{ this }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro newest_batch_is_small(rows=1000) -%}
    {%- set newest -%}
        select count(*) from (
            select from {{ this }}
            where batch_id = (select max(batch_id) from {{ this }})
            limit {{ rows }}
        ) as newest_rows
    {%- endset -%}
    {{ return(run_query(newest).columns[0].values()[0] < rows) }}
{%- endmacro %}

{# A mart that was just built, once: what a night adds is little, and autovacuum comes by. Readers find its pages marked as
   visible to all, so that an index alone answers them. #}
{% macro vacuum_new_table() -%}
    {%- if execute and model.config.materialized != 'view' -%}
        {#- the view of pg_statistic, which an owner who is no superuser may read -#}
        {%- set is_new -%}
            select not exists (
                select from pg_stats where schemaname = '{{ this.schema }}' and tablename = '{{ this.identifier }}'
            )
        {%- endset -%}
        {%- if run_query(is_new).columns[0].values()[0] -%}
            vacuum (analyze) {{ this }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
