{# The fields in which two versions of an ad are compared. `job_history` and `job_changes` call them by these names. #}
{% macro compared_fields() -%}
    {{ return([
        'title', 'company_name', 'description', 'category_tag', 'contract_type', 'working_time', 'place',
        'salary_min', 'salary_max', 'url_host',
    ]) }}
{%- endmacro %}
