{# Text as people read it: entities decoded, tags out, lost apostrophes back, accents composed, nothing invisible, single
   blanks. Two texts of three have none of the characters that begin all this, and need their blanks looked at alone. #}
{% macro clean_text(column) -%}
    nullif(
        trim(
            {{ single_blanks(
                "case when " ~ column ~ " ~ '[&<?\\u0300-\\u036f\\u200b-\\u200d\\u2060\\ufeff\\u00ad]' then "
                ~ without_invisible(composed(with_apostrophes(without_tags(decoded(column)))))
                ~ " else " ~ column ~ " end"
            ) }}
        ), ''
    )
{%- endmacro %}

{# "d?une", "l?équipe", "qu?il" have lost their apostrophe. "Ing?nieur" and "s?ur" have lost a letter, which nobody can give
   back; a link's "?s=" and a question stay. #}
{% macro with_apostrophes(text) -%}
    regexp_replace(
        {{ text }},
        '(?<![[:alnum:]/._=&-])(?:(qu|[djlt])\?(?=[aeiouyhàâéèêëîïôœù])|([cmns])\?(?=[aeiyhàâéèêîïô]))',
        e'\\1\\2''', 'gi'
    )
{%- endmacro %}

{# A tag begins with a letter: "< 30 k€" stays. #}
{% macro without_tags(text) -%}
    regexp_replace({{ text }}, '</?[a-zA-Z!][^<>]*>', ' ', 'g')
{%- endmacro %}

{% macro composed(text) -%}
    normalize({{ text }}, nfc)
{%- endmacro %}

{# Zero-width characters, the soft hyphen and the byte order mark. #}
{% macro without_invisible(text) -%}
    regexp_replace({{ text }}, '[\u200b-\u200d\u2060\ufeff\u00ad]', '', 'g')
{%- endmacro %}

{# An ordinary blank that is alone stays as it is: to replace each by itself takes ten times as long. #}
{% macro single_blanks(text) -%}
    regexp_replace(
        {{ text }}, '[\s\u00a0\u2000-\u200a\u202f]{2,}|(?! )[\s\u00a0\u2000-\u200a\u202f]', ' ', 'g'
    )
{%- endmacro %}

{# Letters and digits alone, in lower case: what stays the same in two spellings of a name. #}
{% macro text_key(text) -%}
    regexp_replace(lower({{ text }}), '[^[:alnum:]]+', '', 'g')
{%- endmacro %}

{# Words of a name as the look-ups of places are written: lower case, no accents, single blanks. #}
{% macro place_key(text) -%}
    trim(
        regexp_replace({{ without_accents('lower(' ~ text ~ ')') }}, '[^[:alnum:]]+', ' ', 'g')
    )
{%- endmacro %}

{# Lower case letters without their accents. #}
{% macro without_accents(text) -%}
    translate(
        replace(replace({{ text }}, 'œ', 'oe'), 'æ', 'ae'),
        'àâäáãçéèêëíìîïñóòôöõúùûüýÿ',
        'aaaaaceeeeiiiinooooouuuuyy'
    )
{%- endmacro %}

{# The language whose most frequent words are met most often; null where none is met twice. One that has four of its words
   in the first 600 letters needs no comparing: of 5,449 real ads none had then more than three of another's. Words between
   blanks are looked up there, which takes a third of the time of a regular expression. #}
{% macro language_of(text) -%}
    case
        {%- for language, words in language_words().items() %}
        when
            (
                select count(*)
                from string_to_table(lower(left({{ text }}, 600)), ' ') as written (word)
                where written.word in ('{{ words | join("', '") }}')
            ) > 3
            then '{{ language }}'
        {%- endfor %}
        else (
            select counted.language
            from (
                values
                {%- for language, words in language_words().items() %}
                    (
                        '{{ language }}',
                        regexp_count(lower({{ text }}), '\m({{ words | join("|") }})\M')
                    )
                    {{- ',' if not loop.last }}
                {%- endfor %}
            ) as counted (language, hits)
            where counted.hits > 1
            order by counted.hits desc, counted.language asc
            limit 1
        )
    end
{%- endmacro %}
