{# Look-ups have 50,000 rows. The adapter asks for the sign of a bound value cell by cell, which takes ten times as long as
   to load them; here each row has the same signs. #}
{% macro postgres__load_csv_rows(model, agate_table) -%}
    {%- set columns = get_seed_column_quoted_csv(model, agate_table.column_names) -%}
    {%- set row_signs = '(' ~ (['%s'] * agate_table.column_names | length) | join(', ') ~ ')' -%}
    {%- set statements = [] -%}
    {%- for rows in agate_table.rows | batch(get_batch_size()) -%}
        {%- set values = [] -%}
        {%- for row in rows -%}
            {%- do values.extend(row) -%}
        {%- endfor -%}
        {%- set statement -%}
            insert into {{ this.render() }} ({{ columns }})
            values {{ ([row_signs] * rows | length) | join(', ') }}
        {%- endset -%}
        {%- do adapter.add_query(statement, bindings=values, abridge_sql_log=True) -%}
        {%- do statements.append(statement) -%}
    {%- endfor -%}
    {{ return(statements[0]) }}
{%- endmacro %}
