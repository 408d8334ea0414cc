{# A test whose `where` is `changed` looks, with `--vars "tests: changed"`, at the rows of the newest batch alone, so that a
   night's tests cost what is new; by hand it looks at the whole table. #}
{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- if where == 'changed' and var('tests') == 'changed' -%}
        (
            select * from {{ relation }}
            where batch_id >= (select max(batches.batch_id) from ops.batches as batches)
        ) as changed_rows
    {%- elif where and where != 'changed' -%}
        (select * from {{ relation }} where {{ where }}) as filtered_rows
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}
