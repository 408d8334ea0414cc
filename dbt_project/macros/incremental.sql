{# What came after the newest batch that this model holds. Both generations of the marts catch up by it, each from where
   it stands: the schema that was swapped out is one batch behind.

   The number is asked for beforehand: compared with a subquery, PostgreSQL takes a third of a table for new, and reads the
   whole of what it joins. Unit tests bring their own `this`, of which only the subquery knows. #}
{% macro newer_than_this(batch_column='batch_id') -%}
    {%- set newest = 'select coalesce(max(this_model.batch_id), 0) from ' ~ this ~ ' as this_model' -%}
    {%- if not is_incremental() -%}
        true
    {%- elif execute and model.resource_type == 'model' -%}
        {{ batch_column }} > {{ run_query(newest).columns[0].values()[0] }}
    {%- else -%}
        {{ batch_column }} > ({{ newest }})
    {%- endif -%}
{%- endmacro %}

{# For models with no row for an ad that has nothing to tell: such an ad brings none that would take the old ones' place. #}
{% macro delete_rows_of_changed_ads() -%}
    {%- if is_incremental() -%}
        delete from {{ this }} as old_rows
        using {{ ref('int_ads_cleaned') }} as ads
        where
            old_rows.job_id = ads.job_id
            and {{ newer_than_this('ads.batch_id') }}
    {%- endif -%}
{%- endmacro %}
