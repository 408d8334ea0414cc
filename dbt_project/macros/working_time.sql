{# Full or part time as a text in lower case tells it, in words or in hours a week; null where it names both, or neither. #}
{% macro working_time_in(text) -%}
    case
        when {{ text }} ~ 'temps|.time|zeit|[0-9] ?(?:h|std|stunden)'
            then (
                select
                    case
                        when count(distinct told.working_time) = 1 then min(told.working_time)
                    end
                from (
                    select {{ working_time_of('mentions') }} as working_time
                    from {{ mentions_of(words_of_working_time(), text) }} as mentions
                ) as told
            )
    end
{%- endmacro %}

{% macro words_of_working_time() -%}
    \m(?:temps.(?:plein|complet|partiel)|temps plein (?:ou|et|/) (?:à )?(?:temps )?partiel|(?:mi.temps|full.?time|part.?time|voll- ?(?:und|oder|/) ?teilzeit|vollzeit|teilzeit|[0-9]{1,2}(?:[.,]5)? ?(?:h(?:[0-9]{2})?|heures?|hours?|std|stunden))\M)
{%- endmacro %}

{# From 35 to 42 hours are a week's; fewer are, where the text says so. "Hospitalisation à temps complet" is the patients'. #}
{% macro working_time_of(mentions) -%}
    {%- set before, after, mention = mentions ~ '.text_before', mentions ~ '.text_after', mentions ~ '.mention' -%}
    case
        when {{ mention }} ~ '^voll-|plein .*partiel' then null
        when {{ mention }} ~ '^(?:temps.[pc][lo]|full|voll)'
            then case
                when {{ before }} !~ 'hospitalisation (?:à )?$|convert to $' and {{ after }} !~ '^ staff' then 'full_time'
            end
        when {{ mention }} ~ '^[^0-9]' then 'part_time'
        when {{ after }} ~ '^ de (?:formation|cours|stage)' then null
        when substring({{ mention }}, '[0-9]+')::integer between 35 and 42 then 'full_time'
        when
            substring({{ mention }}, '[0-9]+')::integer between 5 and 34
            and {{ after }} ~ '^\.? ?(?:/ ?sem|par sem|(?:/ ?)?hebdo|de travail (?:par sem|hebdo)|/ ?woche|pro woche|per week|a week|/ ?week)'
            then 'part_time'
    end
{%- endmacro %}
