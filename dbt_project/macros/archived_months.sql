{# Months of `raw` that were moved to Parquet are not there to read. What is built night after night keeps what it took
   from them; what is built from nothing would lose the ads that have not changed since. A sample does not claim to have all. #}
{% macro refuse_to_build_without_archived_months() -%}
    {%- if execute and flags.WHICH in ['build', 'run'] and not (flags.SAMPLE or flags.EMPTY) -%}
        {%- set months = archived_months() -%}
        {%- set models = models_to_build_from_raw() if months else [] -%}
        {%- if models -%}
            {{ exceptions.raise_compiler_error(
                'Months of raw ads are archived, and ' ~ models | join(', ') ~ ' would be built without them. '
                ~ 'Nothing was changed. Bring them back first: '
                ~ 'jobdash archive --restore ' ~ months | join(' && jobdash archive --restore ')
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro archived_months() -%}
    {%- set found = run_query(
        "select distinct to_char(month, 'YYYY-MM') as month from raw.archives where restored_at is null order by 1"
    ) -%}
    {{ return(found.columns[0].values() | list) }}
{%- endmacro %}

{# The incremental models of this call that read `raw` and would be built from nothing. #}
{% macro models_to_build_from_raw() -%}
    {%- set names = [] -%}
    {%- for id in selected_resources if id in graph.nodes and graph.nodes[id].config.materialized == 'incremental' -%}
        {%- set model = graph.nodes[id] -%}
        {%- set table = adapter.get_relation(model.database, model.schema, model.alias) -%}
        {%- if reads_raw(model) and (flags.FULL_REFRESH or table is none) -%}
            {%- do names.append(model.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(names | sort) }}
{%- endmacro %}

{# Whether rows of `raw` come to a model directly or through views, which hold none of their own. #}
{% macro reads_raw(model) -%}
    {%- for id in model.depends_on.nodes -%}
        {%- if id in graph.sources -%}
            {%- if graph.sources[id].schema == 'raw' -%}
                {{ return(true) }}
            {%- endif -%}
        {%- elif graph.nodes[id].config.materialized in ['view', 'ephemeral'] and reads_raw(graph.nodes[id]) -%}
            {{ return(true) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{%- endmacro %}
