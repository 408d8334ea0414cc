{# An ad that was replayed comes again with the batch of its replay. Where it can be used now, its row leaves the
   quarantine; each generation of the marts does so by itself, from where it stands. #}
{% macro release_usable_ads() -%}
    {%- if is_incremental() -%}
        with ads as (select * from {{ ref('int_ads_unioned') }})
        delete from {{ this }} as quarantined
        using ads
        where
            ads.raw_ad_key = quarantined.raw_ad_key
            and ads.quarantine_reasons is null
            and {{ newer_than_this('ads.batch_id') }}
    {%- endif -%}
{%- endmacro %}
