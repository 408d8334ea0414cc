{# A test whose `where` is `changed` looks, with `--vars "tests: changed"`, at the rows of the newest batch alone, so that a
   night's tests cost what is new; by hand it looks at the whole table. `lately` is for what has no batch: the ads that were
   posted within a month. The batch is asked for beforehand, as in `newer_than_this`. #}
{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- if where in ['changed', 'lately'] and var('tests') != 'changed' -%}
        {{ relation }}
    {%- elif where == 'changed' -%}
        (
            select * from {{ relation }}
            where batch_id >= {{ newest_batch() }}
        ) as changed_rows
    {%- elif where == 'lately' -%}
        (
            select * from {{ relation }}
            where posted_date >= current_date - 31
        ) as late_rows
    {%- elif where -%}
        (select * from {{ relation }} where {{ where }}) as filtered_rows
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{% macro newest_batch() -%}
    {%- if execute -%}
        {{ run_query('select coalesce(max(batches.batch_id), 0) from ops.batches as batches').columns[0].values()[0] }}
    {%- endif -%}
{%- endmacro %}
