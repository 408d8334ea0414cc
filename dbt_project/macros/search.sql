{# The words of an ad for PostgreSQL's full text search, French endings and stop words taken off. An index has them, which a
   query uses where it asks in the same words: `where to_tsvector('french', …) @@ websearch_to_tsquery('french', 'soudeur')`. #}
{% macro words_of_a_job() -%}
    to_tsvector('french', title || ' ' || coalesce(description, ''))
{%- endmacro %}
