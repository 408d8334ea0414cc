{# What tells one posting from another, on whatever source: the title and the beginning of the text, letters and digits
   without accents.

   350 letters, because an employer's introduction is the same in all of its ads: counted over 3,681 real ads, those of one
   title go apart after up to 346 letters of it. Of the texts that Adzuna cuts at 500 characters 99.8 % have as many.

   The company is no part of it, because one source leaves it out or spells it otherwise ("Fed Group", "FED FINANCE"): the
   32 postings whose ads name two companies were each one employer's, shown by its agencies or a job fair too. It is
   asked where the text says too little to be anybody's own. #}
{% macro posting_key(title_key, posting_text, company_id) -%}
    concat_ws(
        '|',
        {{ title_key }},
        left({{ posting_text }}, 350),
        case when coalesce(length({{ posting_text }}), 0) < 100 then {{ company_id }} end
    )
{%- endmacro %}

{# A title without what does not tell one job from another: (H/F), F-H, (CDI), (IT), and reference numbers, "[205623]",
   "- EC22337", "Réf. CNA-0193". "ISO 27001" stays. #}
{% macro title_key(title) -%}
    {{ text_key(
        "regexp_replace(" ~ without_accents("lower(" ~ title ~ ")")
        ~ ", '" ~ (
            [
                '\\m[hfmwd]\\s?[/-]\\s?[hfmwdx](\\s?[/-]\\s?[dx])?\\M',
                '\\(\\s*(cdi|cdd|it)\\s*\\)',
                '\\mref(erence)?\\M[\\s.:°n]*[a-z0-9/_-]*[0-9][a-z0-9/_-]*',
                '(^|[-–|(\\[#]\\s?)[a-z]{0,4}[-_]?[0-9]{4,}[a-z0-9/_-]*',
                '\\m[a-z]{1,4}[0-9]{4,}\\M',
            ] | join('|')
        ) ~ "', '', 'g')"
    ) }}
{%- endmacro %}
