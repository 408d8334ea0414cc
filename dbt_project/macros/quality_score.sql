{# 0 to 100: what a reader of an ad looks for, each with the points that its absence costs. The sum of the points is 100. #}
{% macro quality_score() -%}
    (
        case when length(description) >= 200 then 25 else 0 end
        + case when company_key <> -1 then 20 else 0 end
        + case when city is not null then 15 else 0 end
        + case when salary_period is not null then 15 else 0 end
        + case when has_skills then 10 else 0 end
        + case when told_contract_type is not null then 5 else 0 end
        + case when told_working_time is not null then 5 else 0 end
        + case when category_tag is not null then 5 else 0 end
    )
{%- endmacro %}
