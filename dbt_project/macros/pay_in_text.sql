{#- How pay is told in a text that is in lower case and has no accents: each macro is a piece of a regular expression, or
    uses such pieces. Lost characters ("39¿000,00€", "45?000 euros") stand between thousands too. -#}

{% macro amount_pattern() -%}
    (?:\d{1,3}(?:[ .,''¿?]\d{3}){1,3}|\d{1,6})(?:[.,]\d{1,2})?(?!\d)
{%- endmacro %}

{% macro unit_pattern() -%}
    (?: ?(?:k ?[€£$]|k ?euros?\M|k ?eur|k ?e\M|k\M|[€£$] ?k\M|euros?\M|eur\M|[€£$]|usd\M|gbp\M|chf\M))
{%- endmacro %}

{% macro between_pattern() -%}
    (?: ?(?:bruts?|nets?|annuels?|mensuels?|/ ?h(?:eures?|oraire)?|/ ?j(?:our)?|/ ?an|/ ?mois|par an|par mois|par heure|de l''heure))* ?(?:-+>?|–|—|/|~|\ma\M|\met\M|\mou\M|\mto\M|\mand\M|\mjusqu''a\M|\mbis\M) ?
{%- endmacro %}

{#- "45 K€", "£55K-£65K", "38 et 50k€", "2500 € à 2800 €"; a number without a sign counts behind a word that says what it is. -#}
{% macro pay_pattern() -%}
    {%- set amount, unit, between = amount_pattern(), unit_pattern(), between_pattern() -%}
    {%- set signed = '(?<![\\d.,a-z])[€£$] ?' ~ amount ~ '(?: ?k\\M)?' -%}
    {%- set with_unit = '(?<![a-z\\d]|\\d[.,])' ~ amount ~ unit -%}
    {%- set bare = '(?<![a-z\\d]|\\d[.,])' ~ amount -%}
    {{ signed }}(?:{{ between }}(?:[€£$] ?)?{{ amount }}{{ unit }}?)?
    {#- -#}
    |{{ with_unit }}(?:{{ between }}(?:[€£$] ?)?{{ amount }}{{ unit }}?)?
    {#- -#}
    |{{ bare }}{{ between }}(?:[€£$] ?)?{{ amount }}{{ unit }}
    {#- -#}
    |(?<=taux horaire(?: brut)?[ :.]{0,4}|(?:salaire|remuneration|tjm)(?: brute?)?(?: annuel(?:le)?| mensuel(?:le)?| horaire)?(?: brute?)? ?: ?(?:a partir de |de |entre )?){{ amount }}(?! ?%)(?:{{ between }}{{ amount }})?
{%- endmacro %}

{% macro may_tell_pay(column) -%}
    {{ column }} ~* '(\d ?k?[€£$]|[€£$] ?\d|\d ?k ?eur|\d ?eur(os?)?\M|\d ?ke\M|\d ?k\M|\d ?(usd|gbp|chf)\M|(taux horaire|salaire|r.mun.ration|tjm)[a-z ]*:? ?(à partir de |a partir de |de |entre )?\d)'
{%- endmacro %}

{% macro pay_text(text) -%}
    replace({{ without_accents("lower(" ~ text ~ ")") }}, '’', '''')
{%- endmacro %}

{% macro mark_before() -%} e'\x01' {%- endmacro %}
{% macro mark_behind() -%} e'\x02' {%- endmacro %}

{#- The one or two amounts of a mention, as numbers: separators of thousands go, a comma before decimals is a point. -#}
{% macro amounts_of(mention) -%}
    array(
        select
            replace(
                regexp_replace(found.amount[1], '[ .,''¿?](?=\d{3}(\D|$))', '', 'g'), ',', '.'
            )::numeric
        from regexp_matches({{ mention }}, '{{ amount_pattern() }}', 'g') with ordinality as found (amount, place)
        order by found.place
    )
{%- endmacro %}

{% macro thousands_sign() -%}
    '\d ?k|[€£$]k'
{%- endmacro %}

{#- "38 et 50k€", "40/50 K€": the sign of thousands holds for both amounts, but not for one that is written out. -#}
{% macro in_units(amount, is_in_thousands) -%}
    case when {{ is_in_thousands }} and {{ amount }} < 1000 then {{ amount }} * 1000 else {{ amount }} end
{%- endmacro %}

{%- macro periods() -%}
    {{ return({
        'year': {'unit': 'ans?\\M(?! (hour|heure))|annuel|annuite|annees?\\M|annum\\M|years?\\M|yearly\\M|annually\\M|annual\\M|pa\\M|p\\.a|jahr', 'before': 'annuel|par an\\M|annual|yearly'},
        'month': {'unit': 'mois\\M|mensuel|months?\\M|monthly\\M|monat', 'before': 'mensuel|par mois|monthly'},
        'week': {'unit': 'semaines?\\M|sem\\M|weeks?\\M|hebdo|weekly\\M|woche', 'before': 'hebdomadaire|par semaine|weekly'},
        'day': {'unit': 'j\\M|jours?\\M|jr\\M|days?\\M|journaliers?\\M|journalieres?\\M|daily\\M|tag\\M', 'before': '\\mtjm\\M|journalier|par jour|day rate|daily'},
        'hour': {'unit': 'h\\M|heures?\\M|hours?\\M|hr\\M|horaires?\\M|hourly\\M|stunde', 'before': 'taux horaire|horaire|hourly|par heure'},
    }) }}
{%- endmacro -%}

{#- "2 100 € brut par mois", "20 $ - 27 $ / hour", "€ bruts annuels": only words that cannot be something else stand between. -#}
{% macro period_told_behind(mention, text_after) -%}
    case
        {%- for period, words in periods().items() %}
        when
            {{ text_after }} ~ '^[^a-z0-9.]*(?:(?:bruts?|brute|brutto|netto|nets?|gross|b|ht|soit|par|per|de|l|a|an|by|each|of|remuneration|salaire|hors primes|sur une base|base)[^a-z0-9]+)*(?:{{ words.unit }})'
            or {{ mention }} ~ '(?:/ ?|par |l''|\m)(?:{{ words.unit }})'
            then '{{ period }}'
        {%- endfor %}
    end
{%- endmacro %}

{% macro period_told_before(text) -%}
    case
        {%- for period, words in periods().items() %}
        when {{ text }} ~ '({{ words.before }})[^.!?0-9]*$' then '{{ period }}'
        {%- endfor %}
    end
{%- endmacro %}

{%- macro words_of_pay() -%}
    salaire|salarial|remuner|retribution|taux horaire|\mtjm\M|\mfixe\M|package|salary|\mpay\M|paying|\mwage|\mrate\M|compensation|\mote\M|gratification|gehalt|fourchette|\mbrut|\mpackage\M|conditions financieres
{%- endmacro -%}

{%- macro words_of_other_money() -%}
    prime|bonus|ticket|titre|restau|panier|repas|cooptation|parrain|cheque|indemni|forfait|\mca\M|chiffre d''affaires|budget|\mlevee?|fonds\M|invest|capital|valeur|valoris|carte|mutuelle|participation|interessement|abondement|rembours|\mfrais\M|transport|\mprix\M|\mcout|turnover|revenue|funding|raised|allowance|credit|sign-on|signing|facilitating|\maide\M|plus an additional|variable|commission|subvention|montant|encours|abonnement|navigo|sodexo|swile
{%- endmacro -%}

{% macro word_of_pay_is_nearest(text) -%}
    coalesce(
        length(substring({{ text }}, '.*(?:{{ words_of_pay() }})(.*)$'))
        < coalesce(length(substring({{ text }}, '.*(?:{{ words_of_other_money() }})(.*)$')), 1000),
        false
    )
{%- endmacro %}

{% macro word_of_other_money_is_nearest(text) -%}
    coalesce(
        length(substring({{ text }}, '.*(?:{{ words_of_other_money() }})(.*)$'))
        <= coalesce(length(substring({{ text }}, '.*(?:{{ words_of_pay() }})(.*)$')), 1000),
        false
    )
{%- endmacro %}

{% macro other_money_follows(text, is_surely_pay) -%}
    (
        {{ text }} ~ '^ ?(millions?|milliards?|billion|trillion|mds?\M|m[€£$]|m\M)'
        or {{ text }} ~ '^ ?(?:(?:bruts?|nets?|de|d''|of|in|(?:par |/ ?)(?:an|mois|jour|heure)|mensuels?|annuels?) ?)*({{ words_of_other_money() }})'
        or (
            not {{ is_surely_pay }}
            and {{ text }} ~ '^[^.;|]{0,30}(de ca\M|{{ words_of_other_money() }}|velo|cyclist)'
        )
    )
{%- endmacro %}

{#- A rate by something that is no period: "1100 € par garde". -#}
{% macro other_unit_follows(text) -%}
    {{ text }} ~ '^ ?(?:(?:nets?|bruts?) ?)?(?:par|/|per) ?[a-z]'
{%- endmacro %}

{%- macro words_before_the_least() -%}
    (a partir de|demarre a|debute a|commence a|\mdes|minimum( de)?|mini|from|starting at|starting from|at least|plus de|superieur a|(?<![-=])>=?|≥) ?:? ?$
{%- endmacro -%}

{%- macro words_before_the_most() -%}
    (jusqu''a|jusqu''au|up to|maximum( de)?|maxi?|<=?|≤) ?:? ?$
{%- endmacro -%}

{#- "Mini 2000 € maxi 2500 €": what stands before an amount is said of it, and what stands behind it only where nothing does. -#}
{% macro is_lower_bound(before, after, amounts) -%}
    (
        cardinality({{ amounts }}) = 1
        and (
            {{ before }} ~ '{{ words_before_the_least() }}'
            or (
                {{ after }} ~ '^ ?(bruts? )?(annuels? )?(minimum|mini\M|et plus|\+|min\M)'
                and {{ before }} !~ '{{ words_before_the_most() }}'
            )
        )
    )
{%- endmacro %}

{% macro is_upper_bound(before, after, amounts) -%}
    (
        cardinality({{ amounts }}) = 1
        and (
            {{ before }} ~ '{{ words_before_the_most() }}'
            or (
                {{ after }} ~ '^ ?(bruts? )?(annuels? )?(maximum|max\M|maxi\M)'
                and {{ before }} !~ '{{ words_before_the_least() }}'
            )
        )
    )
{%- endmacro %}

{#- "CDI (60k)", "à partir de 40K": thousands that a whole year's pay may be, in the place where ads put it. -#}
{% macro stands_where_pay_does(before, upper_amount, is_in_thousands) -%}
    (
        {{ is_in_thousands }}
        and {{ upper_amount }} between 15000 and 250000
        and {{ before }} ~ '(a partir de|jusqu''a|up to|\mrem ?:|\mcd[id] ?[-:(]) ?$'
    )
{%- endmacro %}

{% macro currency_told(mention) -%}
    case
        when {{ mention }} ~ '€|eur|ke\M' then 'EUR'
        when {{ mention }} ~ '£|gbp' then 'GBP'
        when {{ mention }} ~ '\$|usd' then 'USD'
        when {{ mention }} ~ 'chf' then 'CHF'
    end
{%- endmacro %}
