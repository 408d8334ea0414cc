{# Text as people read it: entities decoded, tags out, accents composed, nothing invisible, single blanks. #}
{% macro clean_text(column) -%}
    nullif(
        trim(
            {{ single_blanks(without_invisible(composed(without_tags(decoded(column))))) }}
        ), ''
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

{% macro single_blanks(text) -%}
    regexp_replace({{ text }}, '[\s\u00a0\u2000-\u200a\u202f]+', ' ', 'g')
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

{# The language whose most frequent words are met most often; null where none is met twice. #}
{% macro language_of(text) -%}
    (
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
{%- endmacro %}
