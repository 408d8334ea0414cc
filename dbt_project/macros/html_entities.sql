{# The names of HTML's entities in ads and their code points; numbers need no list. "&x27;" is an apostrophe that has lost
   its "#". #}
{% macro html_entities() -%}
    {{ return({
        'nbsp': 160, 'ensp': 8194, 'emsp': 8195, 'thinsp': 8201, 'shy': 173, 'zwnj': 8204, 'zwj': 8205,
        'lsquo': 8216, 'rsquo': 8217, 'sbquo': 8218, 'ldquo': 8220, 'rdquo': 8221, 'bdquo': 8222,
        'laquo': 171, 'raquo': 187, 'lsaquo': 8249, 'rsaquo': 8250, 'acute': 180, 'prime': 8242,
        'ndash': 8211, 'mdash': 8212, 'hellip': 8230, 'bull': 8226, 'middot': 183, 'rarr': 8594, 'check': 10003,
        'iexcl': 161, 'iquest': 191, 'sect': 167, 'para': 182, 'deg': 176, 'ordf': 170, 'ordm': 186,
        'euro': 8364, 'pound': 163, 'cent': 162, 'copy': 169, 'reg': 174, 'trade': 8482,
        'plusmn': 177, 'times': 215, 'frac12': 189, 'frac14': 188, 'frac34': 190, 'sup2': 178, 'sup3': 179,
        'micro': 181, 'le': 8804, 'ge': 8805, 'permil': 8240,
        'agrave': 224, 'aacute': 225, 'acirc': 226, 'atilde': 227, 'auml': 228, 'aring': 229, 'aelig': 230,
        'Agrave': 192, 'Aacute': 193, 'Acirc': 194, 'Atilde': 195, 'Auml': 196, 'Aring': 197, 'AElig': 198,
        'egrave': 232, 'eacute': 233, 'ecirc': 234, 'euml': 235,
        'Egrave': 200, 'Eacute': 201, 'Ecirc': 202, 'Euml': 203,
        'igrave': 236, 'iacute': 237, 'icirc': 238, 'iuml': 239,
        'Igrave': 204, 'Iacute': 205, 'Icirc': 206, 'Iuml': 207,
        'ograve': 242, 'oacute': 243, 'ocirc': 244, 'otilde': 245, 'ouml': 246, 'oslash': 248, 'oelig': 339,
        'Ograve': 210, 'Oacute': 211, 'Ocirc': 212, 'Otilde': 213, 'Ouml': 214, 'Oslash': 216, 'OElig': 338,
        'ugrave': 249, 'uacute': 250, 'ucirc': 251, 'uuml': 252,
        'Ugrave': 217, 'Uacute': 218, 'Ucirc': 219, 'Uuml': 220,
        'ccedil': 231, 'Ccedil': 199, 'ntilde': 241, 'Ntilde': 209, 'szlig': 223, 'yuml': 255, 'Yuml': 376,
        'quot': 34, 'apos': 39, 'lt': 60, 'gt': 62, 'amp': 38, 'x27': 39,
    }) }}
{%- endmacro %}

{# Entities as characters, each decoded once: "&amp;lt;" is to read "&lt;". The text is cut around them and put together
   again; an entity that is not known stays as it is. #}
{% macro decoded(text) -%}
    case
        when {{ text }} ~ '&#?[[:alnum:]]+;'
            then (
                select
                    string_agg(
                        coalesce(
                            chr(named.code_point),
                            {{ character_of_number('parts.part') }},
                            parts.part
                        ), '' order by parts.place
                    )
                from string_to_table(
                    regexp_replace({{ text }}, '(&#?[[:alnum:]]{1,8};)', chr(1) || '\1' || chr(1), 'g'), chr(1)
                ) with ordinality as parts (part, place)
                left join (
                    values
                    {%- for name, code_point in html_entities().items() %}
                        ('&{{ name }};', {{ code_point }}){{ ',' if not loop.last }}
                    {%- endfor %}
                ) as named (entity, code_point) on parts.part = named.entity
            )
        else {{ text }}
    end
{%- endmacro %}

{# The character of "&#233;" or "&#xE9;"; null where the number is none of a character's. #}
{% macro character_of_number(entity) -%}
    (
        select chr(number.code_point)
        from (
            select
                case
                    when {{ entity }} ~ '^&#[0-9]{1,7};$' then substring({{ entity }}, '[0-9]+')::integer
                    when {{ entity }} ~* '^&#x[0-9a-f]{1,6};$'
                        then ('x' || lpad(substring({{ entity }}, '(?i)x([0-9a-f]+)'), 8, '0'))::bit(32)::integer
                end as code_point
        ) as number
        where number.code_point between 9 and 55295 or number.code_point between 57344 and 1114111
    )
{%- endmacro %}
