{# Whether a row of `raw` belongs to a batch whose collecting is done. As a subquery it is asked once and not for each row. #}
{% macro is_collected(batch_column='batch_id') -%}
    {{ batch_column }} <= (select ops.newest_collected_batch())
{%- endmacro %}
