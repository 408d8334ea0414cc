{# The schemas have fixed names that readers and `export` know; a target other than the two shared ones (one's own, for
   development) keeps everything in schemas that begin with its own. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if target.name in ['embedded', 'url'] -%}
        {{ custom_schema_name or target.schema }}
    {%- else -%}
        {{ target.schema }}{{ '_' ~ custom_schema_name if custom_schema_name }}
    {%- endif -%}
{%- endmacro %}
