{# A table that was just built has no statistics until autovacuum comes by, and the next model's plan would be a guess. #}
{% macro analyze_table() -%}
    {%- if model.config.materialized != 'view' -%}
        analyze {{ this }}
    {%- endif -%}
{%- endmacro %}

{# A mart that was just built, once: what a night adds is little, and autovacuum comes by. Readers find its pages marked as
   visible to all, so that an index alone answers them. #}
{% macro vacuum_new_table() -%}
    {%- if execute and model.config.materialized != 'view' -%}
        {%- set is_new = "select not exists (select from pg_statistic where starelid = '" ~ this ~ "'::regclass)" -%}
        {%- if run_query(is_new).columns[0].values()[0] -%}
            vacuum (analyze) {{ this }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
