{# Where the work is done as a title or text in lower case tells it. That there is none of it counts before all of it, and all
   before some; days of it, or that it is possible, make it hybrid. #}
{% macro remote_mode_in(text) -%}
    case
        when {{ text }} ~ 't[ée]l[ée][ -]?trav|remote|hybrid|sentiel|on.?site|% sur site|distan|home.?office|wfh|from home|mobiles arb'
            then (
                select (array['on_site', 'remote', 'hybrid'])[min(told.rank)]
                from (
                    select {{ rank_of_remote_mode('mentions') }} as rank
                    from {{ mentions_of(words_of_remote_work(), text) }} as mentions
                ) as told
            )
    end
{%- endmacro %}

{% macro words_of_remote_work() -%}
    \m(?:t[ée]l[ée][ -]?travail[a-z]*|remote(?:ly)?|hybride?|pr[ée]sentiel|on.?site|100 ?% sur site|à distance|distanciel|home.?office|wfh|work(?:ing)? from home|mobiles arbeiten)\M
{%- endmacro %}

{# 1 on site, 2 remote, 3 hybrid. Maintenance "à distance", "remote sensing", a hybrid cloud, car or profile tell nothing. #}
{% macro rank_of_remote_mode(mentions) -%}
    {%- set before, after, mention = mentions ~ '.text_before', mentions ~ '.text_after', mentions ~ '.mention' -%}
    case left({{ mention }}, 3)
        when 'hyb'
            then case
                when {{ after }} ~ '^ ?cloud' then null
                when
                    {{ before }} ~ '(?:travail|mode|mod[èe]le|format|rythme|organisation|intervention|work(?:ing)? mode|work model) ?:? ?(?:de travail )?(?:en |est )?$|[(#|/–-] ?$|^$'
                    or {{ after }} ~ '^ (?:possible|work|role|position|schedule|setup|policy|job|remote|arrangement|[0-9])'
                    or ({{ mention }} = 'hybrid' and {{ after }} ~ '^"? ?[:|),.–-]')
                    then 3
            end
        when 'rem'
            then case
                when
                    {{ after }} ~ '^ (?:sensing|desktop|access|support|interview|process|onboarding)'
                    or {{ before }} ~ 'process|interview'
                    then null
                when {{ before }} ~ '\m(?:no|not|non)[ -]$' then 1
                when {{ before }} ~ '100 ?% $' then 2
                when {{ before }} ~ '[0-9] ?% (?:[a-z]+ ){0,2}$' then 3
                when {{ before }} ~ '(?:full|fully)[ -]?$|^$' then 2
                when {{ before }} ~ 'days?(?: of)? $|jours? (?:de |en )?$|partial(?:ly)? $|partiel $|hybrid[ /-]*$' then 3
                when {{ after }} ~ '^(?: possible| partiel|[ -]friendly| work|[ -]days?|[ /-]*hybrid)' then 3
                when
                    {{ after }} ~ '^ (?:role|position|job|internship|opportunity)'
                    or {{ before }} ~ '(?:location|lieu|localisation) ?:[^.:]{0,25}$|\($|\mworking $'
                    then 2
                when {{ before }} ~ '[–|,-] $' and {{ after }} ~ '^ *(?:[–|(,.)-]|$)' then 2
            end
        when 'pré'
            then case
                when {{ after }} ~ '^ ?(?:et|ou|/|au|puis|\+)' then null
                when
                    {{ after }} ~ '^ (?:à )?100 ?%'
                    or {{ before }} ~ '100 ?% (?:en )?$|[:!|;–-] ?en $|(?:lieu du poste|poste|travail) ?:? ?(?:est )?(?:à 100 ?% )?(?:en )?$'
                    then 1
            end
        when 'pre' then case when {{ before }} ~ '100 ?% (?:en )?$' then 1 end
        when 'on-' then {{ rank_of_on_site(before, after) }}
        when 'ons' then {{ rank_of_on_site(before, after) }}
        when 'on ' then {{ rank_of_on_site(before, after) }}
        when '100' then 1
        when 'à d' then case when {{ before }} ~ '(?:(?:[:|(–-] ?|\men )travail|enti[èe]rement|totalement|100 ?%|lieu[^.:]{0,12} :) $' then 2 when {{ before }} ~ 'travailler $' then 3 end
        when 'dis' then case when {{ before }} ~ '100 ?% (?:en )?$' then 2 when {{ before }} ~ '[0-9] ?(?:jours?|j) (?:de |en )?$|pr[ée]sentiel ?/ ?$' then 3 end
        else
            case
                when {{ after }} ~ '^ (?:pendant|durant|les|la premi)' then null
                when {{ before }} ~ '(?:pas|sans|aucun|ni) (?:de |possibilit[ée]s? de )?$' or {{ after }} ~ '^ ?:? ?(?:non|impossible|exclu)\M' then 1
                when
                    {{ before }} ~ '(?:\mfull|100 ?%|enti[èe]rement|totalement) (?:en |de |du )?$'
                    or {{ after }} ~ '^ ?:? ?(?:à )?(?:total|complet|int[ée]gral|100 ?%|temps plein)'
                    then 2
                when {{ before }} ~ 'lieu du poste : $' and {{ after }} !~ '^ ?$|^ partiel' then 2
                else 3
            end
    end
{%- endmacro %}

{% macro rank_of_on_site(before, after) -%}
    case
        when {{ before }} ~ 'fully $|100 ?% $|[(:] ?$' or {{ after }} ~ '^ (?:role|position|job)' then 1
    end
{%- endmacro %}
