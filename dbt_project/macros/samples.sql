{# Shared incremental models that hold a sample would be taken for whole: the next night adds what is newer. #}
{% macro refuse_to_sample_what_is_shared() -%}
    {%- if execute and flags.SAMPLE and target.name == 'shared' -%}
        {{ exceptions.raise_compiler_error('A sample is for schemas of your own: add --target dev. Nothing was changed.') }}
    {%- endif -%}
{%- endmacro %}
