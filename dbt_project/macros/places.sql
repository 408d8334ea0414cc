{# The town in "92 - NANTERRE", "75 - PARIS 08", "69 - Lyon 3e Arrondissement"; null where the text names something else:
   "67 - Rhin (Bas)", "31 - 20 minutes au sud de Toulouse". #}
{% macro town_of(place_text) -%}
    regexp_replace(
        substring({{ place_text }}, '^[0-9][0-9AB][0-9]? - ([^0-9(][^(]*)$'),
        '\s+([0-9]+(er|e|ème)?(\s+arrondissement)?|cedex.*)$', '', 'i'
    )
{%- endmacro %}

{# The département of a commune's code: "75056" is in 75, "97411" in 974. #}
{% macro department_of_commune(commune_code) -%}
    left({{ commune_code }}, case when {{ commune_code }} like '97%' then 3 else 2 end)
{%- endmacro %}

{# A town's name as the look-ups have it: "ST-ETIENNE" and "Saint-Étienne" are one. #}
{% macro town_key(name) -%}
    regexp_replace(
        regexp_replace({{ place_key(name) }}, '\mst\M', 'saint', 'g'), '\mste\M', 'sainte', 'g'
    )
{%- endmacro %}

{# A level of Adzuna's area without what makes it a canton, a quarter or an arrondissement of its town: "Reims 1er Canton",
   "Boulogne-sur-Mer-Sud", "Lyon 3e Arrondissement". #}
{% macro town_of_area(level) -%}
    regexp_replace(
        regexp_replace({{ level }}, '[ -]+([0-9]+(er|e|ème|eme|ère)?[ -]*)?(canton|arrondissement).*$', '', 'i'),
        '[ -]+(nord|sud|est|ouest|centre|cedex)([ -]*(nord|sud|est|ouest|[0-9]+))*$', '', 'i'
    )
{%- endmacro %}

{# Where a text says that the work is: the words behind one of these. #}
{% macro words_before_a_town() -%}
    (?:(?:[Bb]as|[Ss]itu|[Ll]ocalis|[Ii]mplant)[ée]e?s?(?: à| a| au| aux| sur| en centre-ville de| proche de)?|[Pp]ostes? à pourvoir à|[Pp]ostes? à|[Ll]ieu(?: de travail| de mission| du poste| d''exercice)?(?: ?:| à)|LIEU ?:|[Ll]ocalisation(?: du poste)? ?:|[Ss]ite d(?:e|'')|bureaux? (?:à|de|d''|sur)|agence (?:de|d''|à)|[Vv]ille ?:|📍)
{%- endmacro %}

{# Whether a point lies in its country's or département's box, or half a degree around it, 35 to 55 km: the boxes are drawn
   around towns. What has no box is judged by whether there is such a latitude. #}
{% macro is_in_box(latitude, longitude) -%}
    (
        (boxes.box_id is null and abs({{ latitude }}) <= 90)
        or (
            {{ latitude }} between boxes.south - 0.5 and boxes.north + 0.5
            and {{ longitude }} between boxes.west - 0.5 and boxes.east + 0.5
        )
    )
{%- endmacro %}

{# Where a text says which région or département the work is in: the name behind one of these. #}
{% macro words_before_an_area() -%}
    (?:(?:[Ll]ieu(?: de travail| de mission| du poste)?|LIEU|[Ll]ocalisation(?: du poste)?|[Ss]ecteur|[Rr]égion) ?:|(?:[Bb]as|[Ss]itu|[Ll]ocalis)[ée]e?s?(?: en| dans(?: le| la| l''| les)?)|[Pp]ostes? (?:à pourvoir )?en|📍)
{%- endmacro %}
