{# The level that a title in lower case names. The first that is met counts, in this order: a "Senior manager" is a manager, a
   "Junior project manager" a junior. #}
{% macro seniority_in_title(title) -%}
    case
        when
            {{ title }} ~ 'stag|intern|prakti|studen|studi|thesis|arbeit|altern|apprent|profess|contrat pro|azubi|ausbild|juni|\mjr|d[ée]but|dipl|gradu|entry|train|\mv|\m[sea]vp\M|dire|head|chief|daf|drh|dsi|\mdg|\mc[efimot]o|mana|respons|chef|g[ée]ran|leit|lead|princip|staff|r[ée]f[ée]r|super|s[ée]nior|\msr|exp|confirm|mid|inter'
            then (
                with

                told as materialized (

                    select
                        case
                            when {{ title }} ~ 'manag|direct|respons|s[ée]nior|expert|lead|stage'
                                then regexp_replace({{ title }}, '{{ trades_like_levels() }}', '', 'g')
                            else {{ title }}
                        end as title

                )

                select
                    case
                        when {{ is_for_interns('told.title') }} then 'intern'
                        when {{ is_for_apprentices('told.title') }} then 'apprentice'
                        {%- for level, words in seniority_words().items() %}
                        when told.title ~ '{{ words }}'
                            {%- if level in ('executive', 'manager') %} and told.title !~ '\m(?:assistant|adjoint|secr[ée]taire|deputy)'{% endif %} then '{{ level }}'
                        {%- endfor %}
                    end
                from told
            )
    end
{%- endmacro %}

{# Words that belong to a trade, a place or a client and say no level. #}
{% macro trades_like_levels() -%}
    \m(?:(?:product|produit|project|projekt|program(?:me)?|accounts?|community|office|data|content|success|category|traffic|brand|partnerships?|assets?|wealth|portfolio|risk|change|knowledge|case|property|delivery|events?|bid|contracts?|release|test|campaign|development|media|talent|customer|crm|growth|incident|problem|configuration|compliance|transition|relationship|alliance|channel)[ -]manage(?:rs?|ment)|managers? (?:de )?(?:projets?|produits?)|(?:art|project|program(?:me)?|creative) director|direct(?:eur|rice)s? (?:artistique|de projets?|de la photo)|(?:ia|achats?|num[ée]rique|tourisme) responsables?|(?:r[ée]sidences?|habitat|services?|clients?) s[ée]niors?|s[ée]niors|senior (?:living|care)|experts?[ -]comptables?|lead(?:s|er)? gen(?:eration)?|(?:early|late).stage|stage managers?)\M
{%- endmacro %}

{% macro is_for_interns(title) -%}
    {{ title }} ~ '\mstages?\M|stagiaire|\minterns?\M|internship|\m(?:pflicht)?praktik(?:um|ant)|werkstudent|working student|\mthesis|abschlussarbeit'
{%- endmacro %}

{% macro is_for_apprentices(title) -%}
    {{ title }} ~ '\malternan(?:ce|te?s?)\M|\mapprenti(?:e|s|es|ssage|ce|ces|ceships?)?\M|contrat pro\M|professionnalisation|duales studium|\mazubi|\mausbildung'
{%- endmacro %}

{% macro seniority_words() -%}
    {{ return({
        'junior': '\\mjunior\\M|\\mjr\\M|d[ée]butant|jeune dipl[ôo]m|\\mgraduate\\M|entry.level|\\mtrainee\\M|^vie\\M|\\(vie\\)|\\mv\\.i\\.e',
        'executive': '\\mdirect(?:eur|rice)s?\\M|\\mdirector\\M|\\mvice.pr[ée]sident|\\m[sea]?vp\\M|\\mchief (?:[[:alpha:]]+ ){1,2}officer|chief of staff|\\mhead of\\M|^(?:c[efimot]o|daf|drh|dsi|dg)\\M',
        'manager': '\\mmanage(?:rs?|ur|use)\\M|\\mresponsables?\\M|\\mchef(?:fe)? (?:de |d[’\'\'])(?:service|d[ée]partement|division|p[ôo]le|bureau|centre|agence|atelier|chantier|magasin|cuisine|[ée]tablissement|exploitation|site|restaurant)|\\mchef(?:fe)? comptable|\\mg[ée]rante?\\M|(?:abteilungs|bereichs|filial|\\m)leit(?:er|erin|ung)\\M',
        'lead': '\\m(?:co.?)?lead\\M|\\mleader\\M|\\mprincipal\\M|\\mstaff (?:[[:alpha:]]+ ){0,3}(?:engineer|scientist|developer|architect|analyst|program)|\\mr[ée]f[ée]rent|\\mchef(?:fe)? d[’\'\'][ée]quipe|supervis(?:eur|euse|or)\\M|teamleit|gruppenleit',
        'senior': '\\ms[ée]nior\\M|\\msr\\M|exp[ée]riment[ée]|\\mexpert(?:e|in)?\\M|\\mexperienced\\M',
        'mid': '\\mconfirm[ée]|mid.level|\\mintermediate\\M|interm[ée]diaire',
    }) }}
{%- endmacro %}

{# "Débutant accepté", "Expérience exigée de 3 An(s)", "24 Mois": a source's own words. #}
{% macro seniority_in_field(text) -%}
    case
        when {{ text }} like 'Débutant%' then 'junior'
        when {{ text }} ilike '%mois%' then {{ seniority_of_years("substring(" ~ text ~ ", '[0-9]{1,3}')::integer / 12") }}
        else {{ seniority_of_years("substring(" ~ text ~ ", '[0-9]{1,3}')::integer") }}
    end
{%- endmacro %}

{# The level that a text in lower case asks for: beginners first, then years, then "une première expérience". #}
{% macro seniority_in_text(text) -%}
    case
        when {{ text }} ~ '[0-9] ?\+? ?(?:an|year|yrs)|d[ée]butant|dipl[ôo]m|exp[ée]rience'
            then case
                when {{ welcomes_beginners(text) }} then 'junior'
                else coalesce(
                    {{ seniority_of_years(years_of_experience(text)) }},
                    case when {{ asks_for_a_first_job(text) }} then 'junior' end
                )
            end
    end
{%- endmacro %}

{% macro seniority_of_years(years) -%}
    case width_bucket({{ years }}, array[0, 2, 5])
        when 1 then 'junior'
        when 2 then 'mid'
        when 3 then 'senior'
    end
{%- endmacro %}

{% macro welcomes_beginners(text) -%}
    {{ text }} ~ 'd[ée]butant(?:\(?e?\)?s?|[·.]e[·.]?s?)? (?:est |sont )?(?:accept|bienvenu|admis)|(?:ouvert|accueil)[^.]{0,20} d[ée]butant|jeunes? dipl[ôo]m|sans exp[ée]rience|no (?:prior )?experience (?:is )?(?:required|necessary|needed)'
{%- endmacro %}

{% macro asks_for_a_first_job(text) -%}
    {{ text }} ~ 'premi[èe]re exp[ée]rience'
{%- endmacro %}

{# Years that the one who is sought shall have: "3 ans d'expérience", "expérience de 5 à 10 ans", "5+ years of experience". The
   lowest counts, and of a range its beginning. More than twelve are those of an employer who tells of itself. #}
{% macro years_of_experience(text) -%}
    (
        select min(substring(mentions.mention, '[0-9]+')::integer)
        from {{ mentions_of(words_of_years(), text) }} as mentions
        where
            (
                mentions.text_after ~ '^[’'']?(?: [[:alpha:]/&-]+){0,3} ?(?:d[’'']|en )?exp[ée]rience'
                or mentions.text_before ~ 'exp[ée]riences?\M[^.;!?]*$'
            )
            and mentions.text_before !~ '\m(?:nos|notre|depuis|forte?s? de|our|over|nearly) (?:plus de )?$'
            and substring(mentions.mention, '[0-9]+')::integer between 1 and 12
    )
{%- endmacro %}

{% macro words_of_years() -%}
    \m[0-9]{1,2} ?\+? ?(?:(?:à|a|-|–|/|ou|to|or) ?[0-9]{1,2} ?)?\+? ?(?:ans?|ann[ée]es?|years?|yrs)\M
{%- endmacro %}
