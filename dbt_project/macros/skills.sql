{# The words of a text with their places: `word` as it is written, `plain_word` in lower case without accents and plural.
   + # . & and ' stay inside a word, + and # at its end too, so that C++, C#, Node.js, .NET and R&D stay whole. An elision
   in front is cut off ("l'Excel" is Excel), and so is a second ending ("agent.e", "infirmier(ère)"). Words that only join
   others are left out: "gestion de la paie" is "gestion paie". Whole texts go through regular expressions, single words
   never: that would take five times as long. #}
{% macro words_of(text) -%}
    (
        select
            lowered.place,
            lowered.word,
            case
                when length(lowered.lower_word) < 4 or lowered.lower_word like '%ss' then lowered.lower_word
                when right(lowered.lower_word, 1) = 's' or right(lowered.lower_word, 3) in ('aux', 'eux')
                    then left(lowered.lower_word, -1)
                else lowered.lower_word
            end as plain_word
        from (
            select
                cut.place,
                cut.word,
                {{ without_accents('lower(cut.word)') }} as lower_word
            from (
                select
                    written.place,
                    case
                        when lower(written.word) = '.net' then written.word
                        else rtrim(ltrim(written.word, '.+#&'''), '.&''')
                    end as word
                from string_to_table(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace(
                                replace({{ text }}, '’', ''''),
                                '\m(?:[dljmtscn]|qu|jusqu|lorsqu|puisqu)''{{ '' -}}
                                |(?<=[[:alpha:]])(?:[·•./]{{ second_endings() }}\M|\({{ second_endings() }}\))',
                                '', 'gi'
                            ),
                            '(?<=[[:lower:]]{2})[.](?=[[:upper:]])|(?<=[[:lower:]]{4})(?=[[:upper:]][[:lower:]]{2})',
                            ' ', 'g'
                        ),
                        '[^[:alnum:].+#&'']+', ' ', 'g'
                    ), ' '
                ) with ordinality as written (word, place)
                where written.word not in ('d', 'l')
            ) as cut
            offset 0
        ) as lowered
        where
            lowered.lower_word not in ('', 'de', 'du', 'des', 'la', 'le', 'les', 'un', 'une', 'a', 'au', 'aux', 'h', 'f')
            and lowered.lower_word not in ('of', 'the', 'an')
        offset 0
    )
{%- endmacro %}

{# The feminine and the plural as inclusive writing sets them behind a word. #}
{% macro second_endings() -%}
    (?:n?e|[lstvf]e|[iè]?[eè]re|euse|t?rice|ive)[·•.]?s?
{%- endmacro %}
