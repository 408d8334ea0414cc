{# `contract` is Adzuna's word for everything that is not permanent; the others say more. #}
{% macro contract_types() -%}
    {{ return([
        'permanent', 'fixed_term', 'temporary', 'apprenticeship', 'internship', 'freelance', 'contract'
    ]) }}
{%- endmacro %}

{# The contract that a title in lower case names. #}
{% macro contract_in_title(title) -%}
    case
        when {{ title }} ~ 'stag|intern|prakti|studen|thesis|sarbeit|altern|apprent|profess|contrat pro|azubi|ausbild|duales|cd[di]|int[ée]rim|freel|frist|tempo|fixed|perm'
            then case
                when {{ is_for_interns(title) }} then 'internship'
                when {{ is_for_apprentices(title) }} then 'apprenticeship'
                else {{ contract_of_mention(
                    "substring(" ~ title ~ ", '\\m(?:cdi|cdd|int[ée]rim|freelance|unbefristet|befristet|temporary|fixed.term|permanent)\\M')"
                ) }}
            end
    end
{%- endmacro %}

{# The contract that a text in lower case tells by the first words that speak of the job. A bare "CDI, CDD et intérim" is what
   an agency deals in, "stage" and "alternance" are what somebody has behind them. #}
{% macro contract_in_text(text) -%}
    case
        when
            {{ text }} ~ 'cd[id]|d[ée]termin|int[ée]rim|stag|alternan|apprenti|professionnalisation|freelance|portage|permanent|temporary|fixed.term|internship|befristet|month contract'
            then (
                select {{ contract_of_mention('mentions.mention') }}
                from {{ mentions_of(words_of_contracts(), text) }} as mentions
                where {{ speaks_of_the_contract('mentions') }}
                order by mentions.place
                limit 1
            )
    end
{%- endmacro %}

{% macro words_of_contracts() -%}
    \m(?:cd[id]|dur[ée]e (?:in)?d[ée]termin[ée]e|int[ée]rim(?:aire)?|stage|stagiaire|alternan(?:ce|te?)|apprenti(?:e|ssage)?|professionnalisation|freelance|portage salarial|permanent|temporary|fixed.term|internship|[0-9]+.?month contract|(?:un)?befristete?[rs]?)\M
{%- endmacro %}

{# What stands between two mentions is all that `mentions_of` knows before and behind them: in a list that is a comma. #}
{% macro speaks_of_the_contract(mentions) -%}
    {%- set before, after, mention = mentions ~ '.text_before', mentions ~ '.text_after', mentions ~ '.mention' -%}
    {%- set in_a_list = ' ?(?:,|/|et|ou|&|-) ?(?:en |le |l[’\'\'])?' -%}
    case
        when
            {{ before }} ~ '(?:types? de contrat|contrat(?: propos[ée])?|nature du contrat|type d[’'']emploi|contract(?: type)?|type of contract|job type|employment type|anstellungsart|vertragsart|statut)[ :-]*(?:temps (?:plein|partiel), ?)?(?:en |un |d[’'']|de |à )?$'
            then true
        when {{ before }} ~ '^{{ in_a_list }}$' or {{ after }} ~ '^{{ in_a_list }}$' then false
        when {{ mention }} ~ '^(?:cd|dur)' then {{ before }} !~ '(?<!d[’'']un )recrutements? (?:[[:alpha:]]+ )?en $'
        when {{ mention }} ~ '^int' and {{ mention }} !~ '^intern'
            then {{ before }} ~ '(?:missions? (?:d[’'']|en )?|\men )$' and {{ after }} !~ '^ ?(?:[,/]|et |ou )'
        when {{ mention }} ~ '^free' then {{ before }} !~ '\m(?:de|des|les|aux|statut|et|ou|our)(?: nos)? $' and {{ after }} !~ '^ ?(?:[,/]|et |ou )'
        when {{ mention }} ~ '^(?:stag|alternan|apprenti|prof)'
            then
                {{ before }} ~ '(?:offre|convention|dur[ée]e|poste) (?:d ?e |du |d[’'']|en )?$|\m(?:ce|pour un|dans le cadre d[’'']un|recherchez un|rejoindre [^.]{0,20} en) $|\m(?:recherch|recrut|en tant qu)[^.;:!?]{0,35} $'
                or {{ after }} ~ '^(?: conventionn[ée]| (?:de|d[’'']une dur[ée]e de|\() ?[0-9])'
        when {{ mention }} ~ '^(?:perm|temp|fixed|intern)'
            then
                {{ before }} ~ '\mthis $|\ma $|[,|–-] $'
                or {{ after }} ~ '^,? (?:position|role|contract|job|basis|opportunity|program|post\M|full)'
        else true
    end
{%- endmacro %}

{% macro contract_of_mention(mention) -%}
    {%- set kinds = {
        'internship': 'stag|intern',
        'apprenticeship': 'alternan|apprenti|prof',
        'freelance': 'freelance|portage',
        'temporary': 'int[ée]rim|temporary',
        'permanent': 'cdi|ind[ée]termin|permanent|unbefristet',
        'fixed_term': 'cdd|d[ée]termin|fixed|befristet',
        'contract': 'contract',
    } -%}
    case
        {%- for kind, words in kinds.items() %}
        when {{ mention }} ~ '{{ words }}' then '{{ kind }}'
        {%- endfor %}
    end
{%- endmacro %}
