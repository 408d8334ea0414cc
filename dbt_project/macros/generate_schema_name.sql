{# The schemas have fixed names that readers and `export` know; a target other than the shared one (one's own, for
   development) keeps everything in schemas that begin with its own, and has nothing to publish. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if target.name == 'shared' -%}
        {{ custom_schema_name or target.schema }}
    {%- else -%}
        {{ target.schema }}{{ '_' ~ custom_schema_name | replace('_next', '') if custom_schema_name }}
    {%- endif -%}
{%- endmacro %}
