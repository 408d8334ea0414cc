{# The words of a title for PostgreSQL's full text search, French endings and stop words taken off. An index has them, which
   a query uses where it asks in the same words: `where to_tsvector('french', title) @@ websearch_to_tsquery('french',
   'soudeur')`. The words of whole texts would take a third of the time that all of `enrich` has. #}
{% macro words_of_a_title() -%}
    to_tsvector('french', title)
{%- endmacro %}
