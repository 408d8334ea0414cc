{# The words of a text, single blanks before, between and behind them: `written_words` as they are written, `lower_words` in
   lower case without accents, and `plain_words` also without what varies in a phrase, the plural and the words that join
   others: "gestion de la paie" is "gestion paie". + and # belong to a word, & and . within one, so that C++, C#, R&D, .NET
   and Node.js stay whole. An elision is a word, a line break too. Each step goes over the whole text, which takes a fifth
   of the time that single words take; `offset 0` keeps a step from being done again wherever its result is used. #}
{% macro words_of(text) -%}
    (
        select
            lowered.written_words,
            lowered.lower_words,
            {{ singular(without_joining_words('lowered.lower_words')) }} as plain_words
        from (
            select
                cut.written_words,
                unaccent(lower(cut.written_words)) as lower_words
            from (
                select {{ cut_into_words("concat(' ', whole.words, ' ')") }} as written_words
                from (
                    select
                        case
                            when given.letters ~ {{ ill_written() }}
                                then {{ with_lost_blanks(without_second_endings('given.letters')) }}
                            else given.letters
                        end as words
                    from (select once.letters from (values ({{ text }})) as once (letters) offset 0) as given
                    offset 0
                ) as whole
                offset 0
            ) as cut
            offset 0
        ) as lowered
        offset 0
    )
{%- endmacro %}

{# A cheap look at a text before the two dear ones that follow. #}
{% macro ill_written() -%}
    '[[:lower:]](?:[.][[:upper:]]|[[:upper:]][[:lower:]])|[-(·•/.][eèfilnrstv]'
{%- endmacro %}

{# "équipeRigueur", "équipe.Rigueur" #}
{% macro with_lost_blanks(text) -%}
    regexp_replace({{ text }}, '([[:lower:]]{2}[.](?=[[:upper:]])|[[:lower:]]{4}(?=[[:upper:]][[:lower:]]{2}))', '\1 ', 'g')
{%- endmacro %}

{# The feminine and the plural as inclusive writing sets them behind a word: "agent.e.s", "infirmier(ère)". #}
{% macro without_second_endings(text) -%}
    {%- set ending = '(?:n?e|[lstvf]e|i?[eè]re|euse|t?rice|ive)[·•.-]?s?' -%}
    regexp_replace({{ text }}, '[-·•./]{{ ending }}\M|\({{ ending }}\)', '', 'gi')
{%- endmacro %}

{# Signs become blanks, and several blanks one: a class that holds the blank itself would take four times as long. #}
{% macro cut_into_words(text) -%}
    {%- set words = namespace(so_far="regexp_replace(" ~ text ~ ", '[^[:alnum:]+#&’''. \\n]+', ' ', 'g')") -%}
    {%- for old, new in (
        ("’", "''"), ("'' ", " "), ("''", "'' "), ("..", " "), (". ", " "), ("\\n", " \\n "), ("    ", " "), ("  ", " "), ("  ", " ")
    ) -%}
        {%- set words.so_far = "replace(" ~ words.so_far ~ ", e'" ~ old ~ "', e'" ~ new ~ "')" -%}
    {%- endfor -%}
    {{ words.so_far }}
{%- endmacro %}

{% macro without_joining_words(words) -%}
    {%- set left = namespace(words=words) -%}
    {%- for word in (
        'de', 'du', 'des', "d''", 'd', 'la', 'le', 'les', "l''", 'l', 'un', 'une', 'a', 'au', 'aux', 'h', 'f', '&',
        'of', 'the', 'an',
    ) -%}
        {%- set left.words = "replace(" ~ left.words ~ ", ' " ~ word ~ " ', ' ')" -%}
    {%- endfor -%}
    {{ left.words }}
{%- endmacro %}

{% macro singular(words) -%}
    replace(replace(replace({{ words }}, 's ', ' '), 'aux ', 'au '), 'eux ', 'eu ')
{%- endmacro %}

{# How often a text holds words that stand between blanks, not counting a second time what follows at once. #}
{% macro times_in(words, phrase) -%}
    (length({{ words }}) - length(replace({{ words }}, {{ phrase }}, ''))) / length({{ phrase }})
{%- endmacro %}

{# A text from the first word on that speaks of the post or to the reader, if what stands before presents the employer:
   what it sells or whom it advises is no skill that it looks for. Nothing is left of a text that goes no further. Letters
   in both cases are ten times as fast as a pattern that ignores case. #}
{% macro without_presentation(text) -%}
    {%- set beginnings = [] -%}
    {%- for word in (
        'vous ', 'votre', 'vos ', 'tu ', 'ton ', 'tes ', 'au sein', 'recherch', 'recrut', 'rattach', 'mission', 'poste',
        'profil', 'rôle', 'role', 'responsab', 'responsib', 'you', 'looking', 'cherch', 'compéten', 'tâche', 'skill',
        'candidat',
    ) -%}
        {%- do beginnings.append('[' ~ word[0] | upper ~ word[0] ~ ']' ~ word[1:] ~ '|' ~ word | upper) -%}
    {%- endfor -%}
    {#- a list of duties, as it is written at the beginning of a sentence -#}
    {%- do beginnings.append(
        'Analyser|Assurer|Concevoir|Contrôler|Développer|Gérer|Mettre|Participer|Piloter|Préparer|Réaliser|Suivre|Tenir'
    ) -%}
    {%- set employer = (
        'groupe|société|cabinet|leader|depuis|spécialis|fondée?|entreprise|entité|filiale|start-?up|acteur|éditeur|agence'
        ~ '|esn|établissement|association|clinique|bureau d\'\'études|nous sommes|accompagn|clients|collaborateurs'
        ~ '|about|founded|company|we are|since|provider'
    ) -%}
    (
        select
            case
                when cut.presentation ~* '\m(?:{{ employer }})'
                    then substr({{ text }}, length(cut.presentation) + 1)
                else {{ text }}
            end
        from (
            select
                split_part(
                    regexp_replace(once.letters, '\m(?:{{ beginnings | join('|') }})', e'\t\\&'), e'\t', 1
                ) as presentation
            from (values ({{ text }})) as once (letters)
            offset 0
        ) as cut
    )
{%- endmacro %}
