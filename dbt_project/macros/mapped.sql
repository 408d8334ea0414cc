{# What a line of a file has where its source's mapping says that a field stands; null where it has nothing. Numbers read as
   text, objects and lists too: `mapped_is_plain` tells them apart. #}
{% macro mapped(field) -%}
    nullif(trim(payload #>> {{ mapped_path(field) }}), '')
{%- endmacro %}

{% macro mapped_path(field) -%}
    string_to_array(mapping #>> '{fields,{{ field }}}', '.')
{%- endmacro %}

{% macro mapped_is_plain(field) -%}
    coalesce(jsonb_typeof(payload #> {{ mapped_path(field) }}), 'null') not in ('object', 'array')
{%- endmacro %}

{# What a source's word means by its mapping; null for a word that it does not list. #}
{% macro meaning(field, word) -%}
    mapping #>> array['values', '{{ field }}', lower({{ word }})]
{%- endmacro %}

{# A number from text, or null: a cast would end the whole query at the first word. #}
{% macro number_or_null(text) -%}
    case when {{ text }} ~ '^-?[0-9]{1,15}(\.[0-9]+)?$' then {{ text }}::numeric end
{%- endmacro %}

{% macro is_number(text) -%}
    ({{ text }} is null or {{ text }} ~ '^-?[0-9]{1,15}(\.[0-9]+)?$')
{%- endmacro %}

{# A moment of this century, in UTC, from what a mapping calls iso, epoch_s or epoch_ms, or in a form of its own. A day
   alone is its beginning. #}
{% macro posted_moment(text, form) -%}
    case {{ form }}
        when 'iso' then
            {{ utc_timestamp("(case when length(" ~ text ~ ") = 10 then " ~ text ~ " || 'T00:00:00Z' else " ~ text ~ " end)") }}
        when 'epoch_s' then {{ epoch_moment(number_or_null(text)) }}
        when 'epoch_ms' then {{ epoch_moment('(' ~ number_or_null(text) ~ ') / 1000') }}
        else
            {{ utc_timestamp(
                "regexp_replace(" ~ text ~ ", mapping #>> '{posted_form,regexp}', mapping #>> '{posted_form,iso}')"
            ) }}
    end
{%- endmacro %}

{% macro epoch_moment(seconds) -%}
    (
        select to_timestamp(moment.seconds) at time zone 'UTC'
        from (select {{ seconds }} as seconds) as moment
        where moment.seconds between 946684800 and 4102444799
    )
{%- endmacro %}
