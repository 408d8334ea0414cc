{# Reading jsonb without ever failing: a value of another type reads as null, and `json_is` tells that it was there. #}

{% macro json_text(column, key) -%}
    case
        when jsonb_typeof({{ column }} -> '{{ key }}') = 'string'
            then {{ column }} ->> '{{ key }}'
    end
{%- endmacro %}

{% macro json_number(column, key) -%}
    case
        when jsonb_typeof({{ column }} -> '{{ key }}') = 'number'
            then ({{ column }} ->> '{{ key }}')::numeric
    end
{%- endmacro %}

{# True where the key is absent, null or of one of the types (string, number, object, array, boolean). #}
{% macro json_is(column, key, types) -%}
    coalesce(jsonb_typeof({{ column }} -> '{{ key }}'), 'null')
    in ('null', '{{ types | join("', '") }}')
{%- endmacro %}
