{# What came after the newest batch that this model holds. Both generations of the marts catch up by it, each from where
   it stands: the schema that was swapped out is one batch behind. #}
{% macro newer_than_this(batch_column='batch_id') -%}
    {%- if is_incremental() -%}
        {{ batch_column }} > (select coalesce(max(this_model.batch_id), 0) from {{ this }} as this_model)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
