{# A table that was just built has no statistics until autovacuum comes by, and the next model's plan would be a guess. #}
{% macro analyze_table() -%}
    {%- if model.config.materialized != 'view' -%}
        analyze {{ this }}
    {%- endif -%}
{%- endmacro %}
