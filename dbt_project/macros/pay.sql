{# Where no period is said, as on Adzuna, the amount tells it. In France their sizes fall apart into four groups: 41 hourly ones under 100, 57
   daily ones to 999, 69 monthly ones to 7,999, 569 yearly ones (counted over 4,750 ads). What is below any legal wage or
   beyond any pay is no pay. #}
{% macro pay_period(amount) -%}
    case
        when {{ amount }} < 5 then null
        when {{ amount }} < 100 then 'hour'
        when {{ amount }} < 1000 then 'day'
        when {{ amount }} < 8000 then 'month'
        when {{ amount }} < 1000000 then 'year'
    end
{%- endmacro %}

{# The period that the source says, where the amount can be pay in it: "Annuel de 40 Euros" (meant are thousands) cannot. #}
{% macro believed_period(period, lower_amount, upper_amount) -%}
    case
        when
            {{ pay_per_year(lower_amount, period) }} >= 1000
            and {{ upper_amount }} < 1000000
            then {{ period }}
    end
{%- endmacro %}

{# Periods in a year: 35 hours on 52 weeks, 218 days (forfait jours), 52 weeks, 12 months. #}
{% macro pay_per_year(amount, period) -%}
    round(
        {{ amount }} * case {{ period }}
            when 'hour' then 1820
            when 'day' then 218
            when 'week' then 52
            when 'month' then 12
            when 'year' then 1
        end, 2
    )
{%- endmacro %}

{# An amount as the ad gave it, in whatever period. From one million it is no pay, and may be too large for the column. #}
{% macro amount_of_pay(amount) -%}
    (case when abs({{ amount }}) < 1000000 then {{ amount }} end)::numeric(18, 2)
{%- endmacro %}

{# Apprentices and interns, whose pay by law and use is far below this: a field that says more was meant otherwise ("108,000
   to 192,000" on ads of apprentices). Their kind stands in the title, or in the text beside what it is. #}
{% macro is_for_learners(title, description) -%}
    (
        coalesce({{ title }}, '') ~* '(apprenti|alternan|\mstag(e|iaire)\M|contrat pro|\mintern(ship)?\M|werkstudent|praktikum)'
        or coalesce({{ description }}, '') ~* '(contrat|programme|offre|poste) (d[''’]|en |de )(apprenti|alternan)'
    )
{%- endmacro %}

{% macro most_for_learners() -%} 60000 {%- endmacro %}
