{# Why an ad cannot be used, null where it can: what all sources share. `without_link` and `with_wrong_types` are conditions
   on its row, `names` its short texts; of what is not even an object nothing else is said. #}
{% macro quarantine_reasons(without_link, with_wrong_types, names) -%}
    {#- Names are in indexes, which take 2,700 bytes; a text of 10 MB holds a night up for minutes. Real ones are a tenth. -#}
    {%- set names_too_long %}greatest(
        {%- for name in names %}octet_length({{ name }}){{ ', ' if not loop.last }}{% endfor -%}
    ) > 2000{% endset %}
    {%- set reasons = {
        'no id': 'source_ad_id is null',
        'no title': 'clean_title is null',
        'no link': without_link,
        'unreadable date': 'posted_at is null',
        'posted in the future': "posted_at > (fetched_at at time zone 'UTC') + interval '1 day'",
        'wrong types': with_wrong_types,
        'too long': names_too_long ~ ' or octet_length(description) > 200000',
    } -%}
    {#- a day's grace for clocks that disagree -#}
    nullif(concat_ws(
        '; ',
        case when not is_object then 'not an object' end
        {%- for reason, is_met in reasons.items() %},
        case when is_object and ({{ is_met }}) then '{{ reason }}' end
        {%- endfor %}
    ), '')
{%- endmacro %}
