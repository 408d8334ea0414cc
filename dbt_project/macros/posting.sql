{# What tells whether two ads are one posting: the words of their titles and the pieces of their texts. #}

{# The letters and digits of a long text, without accents: they are taken off their letters and go with the rest. The
   blanks go first, which halves the work of the regular expression. #}
{% macro letters_of(text) -%}
    regexp_replace(replace(lower(normalize({{ text }}, nfd)), ' ', ''), '[^[:alnum:]]+', '', 'g')
{%- endmacro %}

{# A text falls into pieces at each b and p. These two letters together are as frequent in French as in English and German (3
   to 4 of 100), so a piece has about six words, and the same sentence gives the same pieces wherever it stands: an edit
   costs the pieces that it touches and no other. Short pieces are anybody's and left out; 2,000 letters say enough. #}
{% macro text_pieces(text) -%}
    array(
        select hashtextextended(pieces.piece, 0)
        from string_to_table(translate(left({{ text }}, 2000), 'b', 'p'), 'p') with ordinality as pieces (piece, place)
        where length(pieces.piece) >= 16
        order by pieces.place
    )
{%- endmacro %}

{% macro smallest_four(pieces) -%}
    array(
        select distinct numbers.number
        from unnest({{ pieces }}) as numbers (number)
        order by numbers.number
        limit 4
    )
{%- endmacro %}

{# How much of the shorter text stands in the other one too, by pieces: Adzuna cuts its texts, so that one may be the
   beginning of the other. #}
{% macro shared_pieces(one, other) -%}
    least(
        1,
        (
            select count(*) from unnest({{ one }}.pieces) as pieces (piece)
            where pieces.piece = any({{ other }}.pieces)
        )::numeric / least(cardinality({{ one }}.pieces), cardinality({{ other }}.pieces))
    )
{%- endmacro %}

{# Whether one of the last three pieces of a text stands in the other one. In two jobs under one introduction none does. The
   last of all is seldom whole in a text that was cut. #}
{% macro same_end(one, other) -%}
    (
        {{ one }}.pieces[cardinality({{ one }}.pieces) - 2:] && {{ other }}.pieces
        or {{ other }}.pieces[cardinality({{ other }}.pieces) - 2:] && {{ one }}.pieces
    )
{%- endmacro %}

{# Whether two ads that were compared are one posting. Where the titles and the ends of the texts agree, half of the text is
   enough, or a fifth of a text that was cut, if the company is the same one: much of such a text is the employer's
   introduction and the town. Titles that differ are two jobs however alike the beginnings are; they may differ where both
   texts are whole and all but the same.

   On the gold set, which they were chosen on, these shares have a precision of .998 and a recall of .93 by pairs. #}
{% macro is_one_posting() -%}
    has_same_title
    and has_same_end
    and (
        share >= 0.5
        or (share >= 0.2 and has_same_company and not are_whole)
    )
    or (are_whole and share >= 0.85)
{%- endmacro %}

{# The same words, or the same but for the company and the place. #}
{% macro same_title(one, other) -%}
    ({{ one }}.title_words = {{ other }}.title_words or {{ one }}.trade_words = {{ other }}.trade_words)
{%- endmacro %}

{# A title in lower case, without accents and without what does not tell one job from another: (H/F), F-H, (CDI), (IT),
   and reference numbers, "[205623]", "- EC22337", "Réf. CNA-0193". "ISO 27001" stays. #}
{% macro plain_title(title) -%}
    regexp_replace({{ without_accents("lower(" ~ title ~ ")") }}, '{{ [
        '\\m[hfmwd]\\s?[/-]\\s?[hfmwdx](\\s?[/-]\\s?[dx])?\\M',
        '\\(\\s*(cdi|cdd|it)\\s*\\)',
        '\\mref(erence)?\\M[\\s.:°n]*[a-z0-9/_-]*[0-9][a-z0-9/_-]*',
        '(^|[-–|(\\[#]\\s?)[a-z]{0,4}[-_]?[0-9]{4,}[a-z0-9/_-]*',
        '\\m[a-z]{1,4}[0-9]{4,}\\M',
    ] | join('|') }}', '', 'g')
{%- endmacro %}

{# The words of a plain title, each once, in the order of the alphabet, without those of `unlike`: the first eight letters
   without the endings of plural and feminine, so that "infirmier" and "infirmières" are one. A title of nothing
   else keeps its letters. #}
{% macro title_words(title, unlike="'{}'") -%}
    coalesce(
        (
            select string_agg(distinct {{ word_stem('words.word') }}, ' ' order by {{ word_stem('words.word') }})
            from regexp_split_to_table({{ title }}, '[^[:alnum:]#+]+') as words (word)
            where
                words.word <> all('{ {{- words_of_no_trade() | join(",") -}} }')
                and words.word <> all({{ unlike }})
                and words.word <> ''
        ), {{ text_key(title) }}
    )
{%- endmacro %}

{% macro word_stem(word) -%}
    left(rtrim({{ word }}, 'ersx'), 8)
{%- endmacro %}

{# Words of titles that say nothing of the trade: little words, endings ("consultant.e"), the contract, and how urgently and
   from where. #}
{% macro words_of_no_trade() -%}
    {{ return([
        'a', 'au', 'aux', 'd', 'de', 'des', 'du', 'en', 'et', 'l', 'la', 'le', 'les', 'o', 'ou', 'pour', 'un', 'une',
        'and', 'for', 'in', 'of', 'the', 'das', 'der', 'die', 'im', 'und',
        'e', 'es', 'euse', 'f', 'fh', 'h', 'hf', 'ice', 'm', 'ne', 'rice', 's', 'trice', 'w', 'x',
        'cdd', 'cdi', 'contrat', 'interim', 'offre', 'poste',
        'available', 'hiring', 'immediat', 'immediate', 'immediately', 'now', 'urgent',
        'flexible', 'home', 'hybrid', 'hybride', 'office', 'onsite', 'options', 'relocation', 'remote', 'teletravail',
    ]) }}
{%- endmacro %}

{# Names that do not hold each other: "Morel" is "MOREL France". A company that is not named is none of them. #}
{% macro is_other_company(one, other) -%}
    strpos({{ without_accents(one) }}, {{ without_accents(other) }}) = 0
    and strpos({{ without_accents(other) }}, {{ without_accents(one) }}) = 0
{%- endmacro %}

{# A place that is told less closely ("France") is no other place. #}
{% macro is_other_place(one, other) -%}
    not starts_with({{ one }} || '|', {{ other }} || '|') and not starts_with({{ other }} || '|', {{ one }} || '|')
{%- endmacro %}

{# Why an ad is held for a copy of the one that stands for its posting, for people. #}
{% macro copy_reason(has_same_title, share, copy_kind) -%}
    case {{ copy_kind }}
        when 'cross_source' then 'on another source: '
        when 'agency' then 'by another company: '
        when 'multi_location' then 'in another place: '
        when 'repost' then 'once more: '
    end
    || case when {{ has_same_title }} then 'same title' else 'another title' end
    || case
        when {{ share }} = 1 then ', same text'
        when {{ share }} < 0.2 then ', like another copy of it'
        else to_char({{ share }}, 'FM", "0.00" of the text"')
    end
{%- endmacro %}
