{# A build that does not claim to have all ads: a sample, or an empty one, in schemas of one's own. #}
{% macro is_for_trying() -%}
    {{ return(target.name != 'shared' and (invocation_args_dict.sample or invocation_args_dict.empty)) }}
{%- endmacro %}

{# Shared incremental models that hold a sample would be taken for whole: the next night adds what is newer. #}
{% macro refuse_to_sample_what_is_shared() -%}
    {%- if execute and invocation_args_dict.sample and target.name == 'shared' -%}
        {{ exceptions.raise_compiler_error('A sample is for schemas of your own: add --target dev. Nothing was changed.') }}
    {%- endif -%}
{%- endmacro %}
