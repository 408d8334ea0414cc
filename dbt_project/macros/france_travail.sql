{# What France Travail says in words: "Annuel de 45000.0 Euros à 65000.0 Euros sur 12.0 mois", "Horaire de 11.88 Euros",
   "De 25000,00 Euros à 25000,00 Euros". Pay by performance ("Cachet") has no period and is left out. #}
{% macro stated_pay(salary_text, is_upper=false) -%}
    replace(
        substring(
            {{ salary_text }},
            '^(?:(?:Annuel|Mensuel|Horaire) de|De) {{ "[0-9]{1,9}(?:[.,][0-9]{1,2})? Euros à " if is_upper }}([0-9]{1,9}(?:[.,][0-9]{1,2})?) Euros'
        ), ',', '.'
    )::numeric
{%- endmacro %}

{% macro stated_period(salary_text) -%}
    case substring({{ salary_text }}, '^(Annuel|Mensuel|Horaire) de')
        when 'Annuel' then 'year'
        when 'Mensuel' then 'month'
        when 'Horaire' then 'hour'
    end
{%- endmacro %}

{# "92 - NANTERRE", "2A - AJACCIO", "974 - La Réunion", or the code alone; else the beginning of the commune's code. #}
{% macro department_of(place_text, commune_code) -%}
    coalesce(
        substring({{ place_text }}, '^(9[78][0-9]|[0-9][0-9AB])(?:$| - )'),
        substring({{ commune_code }}, '^(9[78][0-9]|[0-9][0-9AB])[0-9]{2,3}$')
    )
{%- endmacro %}
