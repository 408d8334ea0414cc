{# Whether a row of `raw` belongs to a batch whose collecting is done. #}
{% macro is_collected() -%}
    batch_id <= ops.newest_collected_batch()
{%- endmacro %}
