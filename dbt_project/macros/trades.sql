{# The trade of an ad: its source's category. #}
{% macro trade_of(category_tag) -%}
    coalesce({{ category_tag }}, 'unknown')
{%- endmacro %}
