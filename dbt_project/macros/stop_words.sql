{# Very frequent words that one language has and the others of the list have not. So no "du" (also German), "je" (also
   Dutch), "il" (French and Italian), "of", "we", "will" (also Dutch), nor "be": a French "BE" is a drawing office. #}
{% macro language_words() -%}
    {{ return({
        'fr': ['vous', 'nous', 'votre', 'notre', 'vos', 'dans', 'avec', 'pour', 'une', 'et', 'au', 'aux', 'leur', 'chez'],
        'en': ['the', 'and', 'you', 'with', 'your', 'our', 'this', 'from', 'for', 'are', 'have', 'to'],
        'de': ['und', 'für', 'wir', 'mit', 'der', 'das', 'sie', 'eine', 'oder', 'auf', 'bei', 'zu'],
        'es': ['las', 'para', 'el', 'por', 'más', 'como', 'empresa', 'trabajo', 'nuestro', 'nuestra', 'también', 'años'],
        'it': ['di', 'che', 'gli', 'nel', 'nella', 'della', 'delle', 'dei', 'alla', 'sono', 'più', 'lavoro'],
        'nl': ['het', 'een', 'voor', 'wij', 'jij', 'jouw', 'ook', 'naar', 'bij', 'zijn', 'deze', 'niet'],
    }) }}
{%- endmacro %}
