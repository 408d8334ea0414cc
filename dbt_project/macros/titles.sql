{# A title without marks of gender: H/F, F-H, (m/w/d), H/F/X, M|W|D, homme/femme, (all genders). The brackets that stay empty
   go with `without_loose_ends`. #}
{% macro without_gender_marks(title) -%}
    regexp_replace(
        {{ title }},
        '\m(?:[hfmwd]\s?[/|-]\s?[hfmwdx](?:\s?[/|-]\s?[dxfn])?|hommes?\s?/\s?femmes?|femmes?\s?/\s?hommes?|all genders?)\M'
        || '|[(\[]\s*(?:hf|fh|mwd|gn)\s*[)\]]|\m(?:hf|fh)$',
        ' ', 'gi'
    )
{%- endmacro %}

{# Without "[205623]", "(64) " in front, "- EC22337", "Réf. CNA-0193", "m2024-17". "ISO 27001", years and amounts of money stay. #}
{% macro without_references(title) -%}
    case
        when {{ title }} ~ '[0-9]{2}'
            then regexp_replace(
                {{ title }},
                '^\s*\([0-9]{2,3}\)|\mr[ée]f(?:[ée]rence)?\M[\s.:°n]*[a-z0-9/_-]*[0-9][a-z0-9/_-]*'
                || '|(?:^|[-–|(\[#]\s?)(?!iso|20[0-9][0-9]\M)[a-z]{0,4}[-_]?[0-9]{4,}[a-z0-9/_-]*(?!\s?[€k])\s?[)\]]?'
                || '|\m(?!iso)[a-z]{1,4}[0-9]{4,}\M',
                ' ', 'gi'
            )
        else {{ title }}
    end
{%- endmacro %}

{# Without "(CDI)", "[Stage / Alternance]", "- CDD 12 mois", "Alternance : ", "en CDI" at the end. #}
{% macro without_terms(title) -%}
    case
        when
            {{ title }} ~* 'cd[di]|contra|int[ée]rim|stag|altern|apprenti|freelance|temps|time|mois|month|[0-9] ?ans?\M|perman|fixed|temporary|intern|befrist|zeit|remote|hybrid|travail|\(it\)'
            then regexp_replace(
                regexp_replace({{ title }}, '[(\[]\s*{{ contract_terms() }}\s*[)\]]', ' ', 'gi'),
                '^\s*{{ contract_terms() }}\s*(?:[-–—|:]|/ )'
                || '|(?:\s[-–—|,/:]|[-–—|,/:]\s|\s(?=en ))\s*{{ contract_terms() }}\s*$',
                ' ', 'gi'
            )
        else {{ title }}
    end
{%- endmacro %}

{# "CDI", "CDD 12 mois", "Stage / Alternance", "temps plein", "Remote"; "(IT)" is a source's word for the trade. #}
{% macro contract_terms() -%}
    {%- set term = '(?:' ~ [
        'cd[id]2?', 'contrat', 'contractuelle?', 'int[ée]rim(?:aire)?', 'stage', 'stagiaire', 'alternance', 'alternant(?:e|[.·]e)?',
        'apprentissage', 'apprenti(?:e|[.·]e)?', 'freelance', 'temps (?:plein|partiel|complet)', '[0-9]{1,2} ?(?:mois|months?|ans?)',
        'full[- ]?time', 'part[- ]?time', 'permanent', 'fixed[- ]term', 'temporary', 'internship', 'apprenticeship', 'contract',
        'vollzeit', 'teilzeit', '(?:un)?befristet', '(?:full )?remote', 'hybride?', 't[ée]l[ée]travail', 'it',
    ] | join('|') ~ ')' -%}
    (?:(?:en|de) )?{{ term }}(?:(?:\s*[/,&+-]\s*|\s(?:ou|et|de|en|or|and)\s|\s){{ term }})*
{%- endmacro %}

{# Blanks, dashes and empty brackets that were left over. #}
{% macro without_loose_ends(title) -%}
    trim(
        regexp_replace(
            regexp_replace(
                regexp_replace({{ title }}, '\s*(?:[(\[]\s*[)\]]\s*)+|\s{2,}', ' ', 'g'), '(?:\s[–—-](?=\s)){2,}', ' -', 'g'
            ),
            '^[\s–—|,;:/•·*-]+|[\s–—|,;:/•·*(\[-]+$', '', 'g'
        )
    )
{%- endmacro %}

{# The number that a title ends with: a département's, a postal code, an arrondissement of Paris, Lyon or Marseille. #}
{% macro number_at_the_end(title) -%}
    coalesce(
        substring({{ title }}, '\m([0-9]{2}|2[AB]|97[0-9]|[0-9]{5})\s*[)\]]?$'),
        substring({{ title }}, '(?i)\m(?:paris|lyon|marseille) ([0-9]{1,2}(?:er|e|[eè]me)?)\s*[)\]]?$')
    )
{%- endmacro %}

{# The title before the place that it ends with, "Juriste - Lyon", "Maçon (69)", "Vendeur à Nantes"; null where it ends
   otherwise, or the place belongs to the words before it: "Ville de Lyon". #}
{% macro before_place(title, place) -%}
    case
        when
            {{ folded("right(rtrim(" ~ title ~ ", ')] '), length(" ~ place ~ "))") }} = {{ folded(place) }}
            and left(rtrim({{ title }}, ')] '), -length({{ place }}))
            ~* '[[:alnum:])].*[\s–—|,(/-]$(?<!\m(?:de|du|des|la|le|les|of|et|and|the|saint|en)\s)'
            then regexp_replace(
                regexp_replace(
                    left(rtrim({{ title }}, ')] '), -length({{ place }})),
                    '(?:\s(?:à|in|sur|secteur))?[\s–—|,(/:-]*$', '', 'i'
                ), '([(\[][^()\[\]]*)$', '\1)'
            )
    end
{%- endmacro %}

{# Letter for letter, so that lengths stay. #}
{% macro folded(text) -%}
    translate(lower({{ text }}), 'àâäáãçéèêëíìîïñóòôöõúùûüýÿ-’', 'aaaaaceeeeiiiinooooouuuuyy ''')
{%- endmacro %}

{# A title that shouts, with one capital at its beginning; acronyms and words with a digit or "&" stay. A title does not end
   with "de": there "DE" is the diploma of a nurse. #}
{% macro in_sentence_case(title) -%}
    case
        when {{ title }} = upper({{ title }}) and {{ title }} ~ '[[:alpha:]]{4}'
            then (
                select
                    regexp_replace(
                        upper(left(lowered.title, 1)) || substr(lowered.title, 2), '\mde$', 'DE'
                    )
                from (
                    select
                        string_agg(
                            case
                                when parts.part ~ '[0-9&]' or parts.part in ('{{ acronyms() | join("', '") }}') then parts.part
                                else lower(parts.part)
                            end, '' order by parts.place
                        ) as title
                    from string_to_table(
                        regexp_replace({{ title }}, '([[:alnum:]&]+)', chr(1) || '\1' || chr(1), 'g'), chr(1)
                    ) with ordinality as parts (part, place)
                ) as lowered
            )
        else {{ title }}
    end
{%- endmacro %}

{# Words of titles that are written in capitals where the others are not. #}
{% macro acronyms() -%}
    {{ return([
        'AES', 'AI', 'AMOA', 'API', 'ASH', 'ASSD', 'ASSR', 'AWS', 'BDD', 'BE', 'BI', 'BIM', 'BTP', 'BTS', 'BU', 'B', 'C', 'CACES',
        'CAO', 'CCAS', 'CDD', 'CDI', 'CE', 'CEO', 'CFA', 'CFO', 'CHR', 'CHU', 'CMO', 'CNC', 'COO', 'CRM', 'CSE', 'CTO', 'CVC',
        'CVS', 'DAF', 'DAO', 'DBA', 'DG', 'DPO', 'DRH', 'DSI', 'EHPAD', 'ERP', 'ESAT', 'ETL', 'GCP', 'GED', 'GMAO', 'GMS',
        'GPEC', 'GTB', 'HR', 'HSE', 'IA', 'IADE', 'IAM', 'IARD', 'IBODE', 'IDE', 'IDEC', 'IDEL', 'IDF', 'II', 'III', 'IME', 'IT',
        'ITEP', 'KYC', 'LAN', 'LLM', 'MAS', 'MCO', 'ML', 'MOA', 'MOE', 'NLP', 'OPC', 'OT', 'PHP', 'PL', 'PLM', 'PME', 'PMO',
        'PMR', 'QA', 'QHSE', 'QSE', 'QVT', 'R', 'RCP', 'RGPD', 'RH', 'RSE', 'RSSI', 'SAP', 'SAV', 'SEA', 'SEO',
        'SI', 'SIG', 'SIRH', 'SPL', 'SQL', 'SRE', 'SSIAP', 'SSR', 'TCE', 'TIG', 'TMA', 'TP', 'TVA', 'UI', 'USLD', 'UX', 'VBA',
        'VEFA', 'VIP', 'VL', 'VMC', 'VP', 'VRD', 'VTC', 'WAN', 'ZAC',
    ]) }}
{%- endmacro %}
