{# What a text says around certain words: one row for each, with the 45 letters before it and the 35 behind it. One pass puts
   marks around the words, and what lies between two marks is what stands there: looking behind a word by a regular expression
   begins anew at the start of the text each time. #}
{% macro mentions_of(words, text) -%}
    (
        select
            around.place,
            around.mention,
            around.text_before,
            around.text_after
        from (
            select
                pieces.place,
                split_part(pieces.piece, {{ mark_behind() }}, 1) as mention,
                left(split_part(pieces.piece, {{ mark_behind() }}, 2), 35) as text_after,
                right(
                    lag(
                        case
                            when pieces.place = 1 then pieces.piece
                            else split_part(pieces.piece, {{ mark_behind() }}, 2)
                        end
                    ) over (order by pieces.place), 45
                ) as text_before
            from string_to_table(
                regexp_replace({{ text }}, '{{ words }}', {{ mark_before() }} || '\&' || {{ mark_behind() }}, 'g'),
                {{ mark_before() }}
            ) with ordinality as pieces (piece, place)
        ) as around
        where around.place > 1
    )
{%- endmacro %}
