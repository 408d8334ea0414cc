{# A UTC timestamp from ISO text with Z, or null: a cast would end the whole query at the first unreadable date. The day
   is added to the month's first, so that 31 February shows as a day of another month. No ad is older than this century. #}
{% macro utc_timestamp(iso_text) -%}
    case
        when
            {{ iso_text }} ~ '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?Z$'
            then (
                select whole_day.day_date::timestamp + substr({{ iso_text }}, 12, 8)::time
                from (
                    select
                        (substr({{ iso_text }}, 1, 7) || '-01')::date
                        + substr({{ iso_text }}, 9, 2)::integer - 1 as day_date
                ) as whole_day
                where to_char(whole_day.day_date, 'MM') = substr({{ iso_text }}, 6, 2)
            )
    end
{%- endmacro %}

{# The number of a day in `dates`, −1 for none. #}
{% macro date_key(day) -%}
    coalesce(to_char({{ day }}, 'YYYYMMDD')::integer, -1)
{%- endmacro %}
