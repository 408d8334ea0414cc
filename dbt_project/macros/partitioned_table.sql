{# The adapter knows no partitioned tables. A model with `partition_by_month` (a date column, part of its primary key) is
   created empty and partitioned, gets the months of its rows, then the rows. Later runs call `create_months` before they
   merge. Only the empty table's columns differ from the adapter's own way. #}
{% macro postgres__create_table_as(temporary, relation, sql) -%}
    {%- set month_column = config.get('partition_by_month') -%}
    {%- if temporary or not month_column -%}
        {{ dbt.postgres__create_table_as(temporary, relation, sql) }}
    {%- else -%}
        {{ get_assert_columns_equivalent(sql) }}
        create temporary table partitioned_rows on commit drop as ({{ sql }});
        create table {{ relation }} {{ get_table_columns_and_constraints() }}
        partition by range ({{ month_column }});
        {{ create_months(relation, 'partitioned_rows', month_column) }};
        insert into {{ relation }} ({{ adapter.dispatch('get_column_names', 'dbt')() }})
        {{ get_select_subquery('select * from partitioned_rows') }};
    {%- endif -%}
{%- endmacro %}

{# One partition a month that `rows` has and `relation` lacks. They carry the table's number, because a full refresh
   builds the new table while the old one still stands. #}
{% macro create_months(relation, rows, month_column) -%}
    do $$
    declare
        months_first date;
    begin
        for months_first in
            select distinct date_trunc('month', {{ month_column }})::date from {{ rows }}
        loop
            execute format(
                'create table if not exists %I.%I partition of {{ relation }} for values from (%L) to (%L)',
                '{{ relation.schema }}',
                '{{ relation.identifier | replace("__dbt_tmp", "") }}_' || to_char(months_first, 'YYYY_MM')
                || '_' || '{{ relation }}'::regclass::oid,
                months_first,
                months_first + interval '1 month'
            );
        end loop;
    end
    $$
{%- endmacro %}

{% macro create_months_of_new_jobs() -%}
    {%- if is_incremental() -%}
        {{ create_months(
            this,
            '(select posted_at::date as posted_date from ' ~ ref('int_ads_cleaned')
            ~ ' where ' ~ newer_than_this() ~ ') as new_jobs',
            'posted_date'
        ) }}
    {%- endif -%}
{%- endmacro %}
