{# The town in "92 - NANTERRE", "75 - PARIS 08", "69 - Lyon 3e Arrondissement"; null where the text names something else:
   "67 - Rhin (Bas)", "31 - 20 minutes au sud de Toulouse". #}
{% macro town_of(place_text) -%}
    regexp_replace(
        substring({{ place_text }}, '^[0-9][0-9AB][0-9]? - ([^0-9(][^(]*)$'),
        '\s+([0-9]+(er|e|ème)?(\s+arrondissement)?|cedex.*)$', '', 'i'
    )
{%- endmacro %}

{# A town in capitals as it is written: "ST JEAN D ANGELY" is Saint-Jean-d'Angely, "LES SABLES D OLONNE" Les
   Sables-d'Olonne. Accents are not made up, and other spellings stay. #}
{% macro town_name(town) -%}
    case
        when {{ town }} <> upper({{ town }}) then {{ town }}
        else {{ hyphenated("initcap(regexp_replace(" ~ town ~ ", '\\mST(E?)\\M', 'SAINT\\1', 'g'))") }}
    end
{%- endmacro %}

{# "La Seyne Sur Mer" with hyphens and small words small: La Seyne-sur-Mer. #}
{% macro hyphenated(words) -%}
    {%- set spelt = namespace(
        sql="regexp_replace(replace(" ~ words ~ ", ' ', '-'), '^(L[ea]s?)-', '\\1 ')"
    ) -%}
    {%- for word in ['De', 'Du', 'Des', 'En', 'Et', 'La', 'Le', 'Les', 'Lez', 'Sous', 'Sur', 'Au', 'Aux'] -%}
        {%- set spelt.sql = "replace(" ~ spelt.sql ~ ", '-" ~ word ~ "-', '-" ~ word | lower ~ "-')" -%}
    {%- endfor -%}
    replace(replace({{ spelt.sql }}, '-D-', '-d'''), '-L-', '-l''')
{%- endmacro %}
